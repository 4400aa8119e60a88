package leat.accounts;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Reader;
import leat.kernel.View;
import leat.kernel.sql.Row;
import leat.web.Paging;
import leat.web.Role;

/**
 * Who and what there is, for finding and listing: people, organizations, members, invitations, sessions, tokens.
 *
 * <p>It may be a moment behind; whatever decides about access asks the entities instead.
 */
final class Directory {
    static final View VIEW = View.named("accounts.directory", 2)
            .tables(
                    "create table person (id text primary key, name text not null, display_name text not null,"
                            + " email text, owner integer not null, suspended integer not null)",
                    "create index person_name on person (name)",
                    "create index person_email on person (email)",
                    "create table organization (id text primary key, name text not null, display_name text not null)",
                    "create index organization_name on organization (name)",
                    "create table member (organization_id text not null, user_id text not null, role text not null,"
                            + " since bigint not null, primary key (organization_id, user_id))",
                    "create index member_user on member (user_id, organization_id)",
                    "create table invitation (organization_id text not null, id text not null, role text not null,"
                            + " invited_by text not null, made_at bigint not null, expires_at bigint not null,"
                            + " primary key (organization_id, id))",
                    "create table session (id text primary key, user_id text not null, agent text not null,"
                            + " begun_at bigint not null, seen_at bigint not null, expires_at bigint not null)",
                    "create index session_of_user on session (user_id, id)",
                    "create table token (id text primary key, user_id text not null, name text not null,"
                            + " scopes text not null, made_at bigint not null, used_at bigint, expires_at bigint)",
                    "create index token_user on token (user_id, id)",
                    "create table login (id text primary key, code text not null, label text not null,"
                            + " expires_at bigint not null)",
                    "create index login_code on login (code)")
            .on(User.Event.Registered.class, (sql, it) -> {
                // Without a name it is somebody who was forgotten.
                if (!it.event().name().isEmpty()) {
                    sql.execute(
                            "insert into person values (?, ?, ?, ?, ?, 0)",
                            it.id(),
                            it.event().name(),
                            it.event().displayName(),
                            it.event().email(),
                            it.event().owner());
                }
            })
            .on(User.Event.WasRemoved.class, (sql, it) -> sql.execute("delete from person where id = ?", it.id()))
            .on(
                    User.Event.ProfileChanged.class,
                    (sql, it) -> sql.execute(
                            "update person set display_name = ?, email = ? where id = ?",
                            it.event().displayName(),
                            it.event().email(),
                            it.id()))
            .on(
                    User.Event.WasSuspended.class,
                    (sql, it) -> sql.execute("update person set suspended = 1 where id = ?", it.id()))
            .on(
                    User.Event.Restored.class,
                    (sql, it) -> sql.execute("update person set suspended = 0 where id = ?", it.id()))
            .on(Organization.Event.WasFounded.class, (sql, it) -> {
                sql.execute(
                        "insert into organization values (?, ?, ?)",
                        it.id(),
                        it.event().name(),
                        it.event().displayName());
                sql.execute(
                        "insert into member values (?, ?, ?, ?)",
                        it.id(),
                        it.event().ownerId(),
                        Role.OWNER,
                        it.at());
            })
            .on(
                    Organization.Event.Renamed.class,
                    (sql, it) -> sql.execute(
                            "update organization set display_name = ? where id = ?",
                            it.event().displayName(),
                            it.id()))
            .on(Organization.Event.MemberJoined.class, (sql, it) -> {
                sql.execute(
                        "insert into member values (?, ?, ?, ?)",
                        it.id(),
                        it.event().userId(),
                        it.event().role(),
                        it.at());
                sql.execute(
                        "delete from invitation where organization_id = ? and id = ?",
                        it.id(),
                        it.event().invitationId());
            })
            .on(
                    Organization.Event.RoleChanged.class,
                    (sql, it) -> sql.execute(
                            "update member set role = ? where organization_id = ? and user_id = ?",
                            it.event().role(),
                            it.id(),
                            it.event().userId()))
            .on(
                    Organization.Event.MemberLeft.class,
                    (sql, it) -> sql.execute(
                            "delete from member where organization_id = ? and user_id = ?",
                            it.id(),
                            it.event().userId()))
            .on(
                    Organization.Event.Invited.class,
                    (sql, it) -> sql.execute(
                            "insert into invitation values (?, ?, ?, ?, ?, ?)",
                            it.id(),
                            it.event().invitationId(),
                            it.event().role(),
                            it.event().invitedBy(),
                            it.at(),
                            it.event().expiresAt()))
            .on(
                    Organization.Event.Withdrawn.class,
                    (sql, it) -> sql.execute(
                            "delete from invitation where organization_id = ? and id = ?",
                            it.id(),
                            it.event().invitationId()))
            .on(
                    Session.Event.Begun.class,
                    (sql, it) -> sql.execute(
                            "insert into session values (?, ?, ?, ?, ?, ?)",
                            it.id(),
                            it.event().userId(),
                            it.event().agent(),
                            it.event().at(),
                            it.event().at(),
                            it.event().expiresAt()))
            .on(
                    Session.Event.Seen.class,
                    (sql, it) -> sql.execute(
                            "update session set seen_at = ? where id = ?",
                            it.event().at(),
                            it.id()))
            .on(Session.Event.WasEnded.class, (sql, it) -> sql.execute("delete from session where id = ?", it.id()))
            .on(
                    ApiToken.Event.WasMade.class,
                    (sql, it) -> sql.execute(
                            "insert into token values (?, ?, ?, ?, ?, null, ?)",
                            it.id(),
                            it.event().userId(),
                            it.event().name(),
                            String.join(" ", it.event().scopes()),
                            it.at(),
                            it.event().expiresAt()))
            .on(
                    ApiToken.Event.Used.class,
                    (sql, it) -> sql.execute(
                            "update token set used_at = ? where id = ?",
                            it.event().at(),
                            it.id()))
            .on(ApiToken.Event.WasRevoked.class, (sql, it) -> sql.execute("delete from token where id = ?", it.id()))
            .on(
                    Login.Event.Asked.class,
                    (sql, it) -> sql.execute(
                            "insert into login values (?, ?, ?, ?)",
                            it.id(),
                            it.event().code(),
                            it.event().label(),
                            it.event().expiresAt()))
            .on(Login.Event.WasApproved.class, (sql, it) -> sql.execute("delete from login where id = ?", it.id()))
            .on(Login.Event.Denied.class, (sql, it) -> sql.execute("delete from login where id = ?", it.id()));

    private final Reader reader;

    Directory(Reader reader) {
        this.reader = reader;
    }

    /** Waits, within reason, until what rests on the answer can be found here. */
    void await(Answer<?> answer) {
        reader.await(answer.position(), Reader.PATIENCE);
    }

    /** A person as others see them. */
    record Face(String id, String name, String displayName) {}

    /** An organization in somebody's list, with their role in it. */
    record Listed(String id, String name, String displayName, Role role) {}

    /** A member of an organization. */
    record Member(String userId, String name, String displayName, Role role, Instant since) {}

    record Invited(String id, Role role, String invitedBy, Instant madeAt, Instant expiresAt) {}

    record Browser(String id, String agent, Instant begunAt, Instant seenAt, Instant expiresAt) {}

    /** A token without its secret; {@code usedAt} is exact to {@link ApiToken#NOTED}. */
    record Key(
            String id,
            String name,
            List<String> scopes,
            Instant madeAt,
            Optional<Instant> usedAt,
            Optional<Instant> expiresAt) {}

    /** A command line that waits for approval; the code as it is shown. */
    record Asking(String id, String code, String label, Instant expiresAt) {}

    Optional<Face> personNamed(String name) {
        return reader.read(sql -> sql.first(
                "select id, name, display_name from person where name = ?", Directory::face, Names.canonical(name)));
    }

    Optional<Face> person(String id) {
        return Optional.ofNullable(faces(List.of(id)).get(id));
    }

    /** Everybody by name; one more than the page holds. */
    List<Face> people(Paging paging) {
        return reader.read(sql -> sql.query(
                "select id, name, display_name from person where name > ? order by name limit ?",
                Directory::face,
                paging.after().orElse(""),
                paging.limit() + 1));
    }

    /** A person and those with whom they share an organization, by name; one more than the page holds. */
    List<Face> peopleAround(String userId, Paging paging) {
        return reader.read(sql -> sql.query(
                "select p.id, p.name, p.display_name from person p where p.name > ? and (p.id = ? or exists"
                        + " (select 1 from member a join member b on a.organization_id = b.organization_id"
                        + " where a.user_id = ? and b.user_id = p.id)) order by p.name limit ?",
                Directory::face,
                paging.after().orElse(""),
                userId,
                userId,
                paging.limit() + 1));
    }

    /** Whoever has or had this e-mail address; the entity knows whether it is theirs now. */
    List<String> peopleWithEmail(String email) {
        return reader.read(sql -> sql.query(
                "select id from person where email = ? order by id", row -> row.text(1), Names.canonical(email)));
    }

    /** Names of people by id, for showing; the unknown are left out. */
    Map<String, Face> faces(Collection<String> ids) {
        return reader.read(sql -> {
            Map<String, Face> faces = new HashMap<>();
            for (String id : ids) {
                sql.first("select id, name, display_name from person where id = ?", Directory::face, id)
                        .ifPresent(face -> faces.put(id, face));
            }
            return faces;
        });
    }

    Optional<String> organizationNamed(String name) {
        return reader.read(sql ->
                sql.first("select id from organization where name = ?", row -> row.text(1), Names.canonical(name)));
    }

    /**
     * All of a person's organizations by name. {@link Organization#MAX_MEMBERSHIPS} bounds them where they are gained, so
     * that nothing has to be cut here.
     */
    List<Listed> organizationsOf(String userId) {
        return reader.read(sql -> sql.query(
                "select o.id, o.name, o.display_name, m.role from member m join organization o"
                        + " on o.id = m.organization_id where m.user_id = ? order by o.name",
                row -> new Listed(row.text(1), row.text(2), row.text(3), Role.valueOf(row.text(4))),
                userId));
    }

    /** How many organizations a person is a member of. */
    int memberships(String userId) {
        return Math.toIntExact(reader.read(sql -> sql.number("select count(*) from member where user_id = ?", userId)));
    }

    /** One more than the page holds, by name. */
    List<Member> members(String organizationId, Paging paging) {
        return members(organizationId, paging.after(), paging.limit() + 1);
    }

    /** @param after only those with later names */
    List<Member> members(String organizationId, Optional<String> after, int limit) {
        return reader.read(sql -> sql.query(
                "select p.id, p.name, p.display_name, m.role, m.since from member m join person p on p.id = m.user_id"
                        + " where m.organization_id = ? and p.name > ? order by p.name limit ?",
                Directory::member,
                organizationId,
                after.orElse(""),
                limit));
    }

    Optional<Member> member(String organizationId, String name) {
        return reader.read(sql -> sql.first(
                "select p.id, p.name, p.display_name, m.role, m.since from member m join person p on p.id = m.user_id"
                        + " where m.organization_id = ? and p.name = ?",
                Directory::member,
                organizationId,
                Names.canonical(name)));
    }

    /** Whether two people are members of one organization. */
    boolean shareOrganization(String one, String other) {
        return reader.read(sql -> sql.number(
                        "select count(*) from member a join member b on a.organization_id = b.organization_id"
                                + " where a.user_id = ? and b.user_id = ?",
                        one,
                        other))
                > 0;
    }

    /** Those that can still be accepted, newest first; there are never more than {@link Organization#MAX_INVITATIONS}. */
    List<Invited> invitations(String organizationId, Instant now) {
        return reader.read(sql -> sql.query(
                "select id, role, invited_by, made_at, expires_at from invitation"
                        + " where organization_id = ? and expires_at > ? order by id desc",
                row -> new Invited(row.text(1), Role.valueOf(row.text(2)), row.text(3), row.time(4), row.time(5)),
                organizationId,
                now));
    }

    /** Newest first; one more than the page holds. */
    List<Browser> sessions(String userId, Instant now, Paging paging) {
        return reader.read(sql -> sql.query(
                "select id, agent, begun_at, seen_at, expires_at from session"
                        + " where user_id = ? and expires_at > ? and seen_at > ? and id < ? order by id desc limit ?",
                row -> new Browser(row.text(1), row.text(2), row.time(3), row.time(4), row.time(5)),
                userId,
                now,
                now.minus(Session.REST),
                paging.after().orElse("~"),
                paging.limit() + 1));
    }

    /** Newest first; one more than the page holds. */
    List<Key> tokens(String userId, Paging paging) {
        return reader.read(sql -> sql.query(
                "select id, name, scopes, made_at, used_at, expires_at from token"
                        + " where user_id = ? and id < ? order by id desc limit ?",
                row -> new Key(
                        row.text(1),
                        row.text(2),
                        List.of(row.text(3).split(" ", -1)),
                        row.time(4),
                        row.optionalTime(5),
                        row.optionalTime(6)),
                userId,
                paging.after().orElse("~"),
                paging.limit() + 1));
    }

    long tokenCount(String userId) {
        return reader.read(sql -> sql.number("select count(*) from token where user_id = ?", userId));
    }

    /** The login that waits for approval under a code. */
    Optional<Asking> login(String code, Instant now) {
        return reader.read(sql -> sql.first(
                "select id, code, label, expires_at from login where code = ? and expires_at > ? order by id desc",
                row -> new Asking(row.text(1), LoginsApi.shown(row.text(2)), row.text(3), row.time(4)),
                code,
                now));
    }

    private static Face face(Row row) throws SQLException {
        return new Face(row.text(1), row.text(2), row.text(3));
    }

    private static Member member(Row row) throws SQLException {
        return new Member(row.text(1), row.text(2), row.text(3), Role.valueOf(row.text(4)), row.time(5));
    }
}
