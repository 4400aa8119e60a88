package leat.accounts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leat.kernel.Reader;
import leat.kernel.Recorded;
import leat.kernel.View;
import leat.kernel.sql.Sql;
import leat.web.Page;
import leat.web.Paging;
import leat.web.Role;

/**
 * Who did what, to whom, when and by which way in. It keeps ids and looks names up when it is read, for a fold must not
 * depend on the order of different entities' events. No secret and no hash is ever in it.
 */
final class AuditLog {
    static final View VIEW = View.named("accounts.audit", 2)
            .tables(
                    "create table entry (key text primary key, at bigint not null, action text not null,"
                            + " actor text, via text, subject text, organization text, detail text,"
                            + " correlation text not null)",
                    "create index entry_organization on entry (organization, key)",
                    "create index entry_actor on entry (actor, key)",
                    "create index entry_subject on entry (subject, key)")
            .on(User.Event.Registered.class, (sql, it) -> about(sql, it, "user.registered", it.id(), ""))
            .on(User.Event.ProfileChanged.class, (sql, it) -> about(sql, it, "user.profile-changed", it.id(), ""))
            .on(User.Event.PasswordSet.class, (sql, it) -> about(sql, it, "user.password-set", it.id(), ""))
            .on(User.Event.WasSuspended.class, (sql, it) -> about(sql, it, "user.suspended", it.id(), ""))
            .on(User.Event.Restored.class, (sql, it) -> about(sql, it, "user.restored", it.id(), ""))
            .on(User.Event.WasRemoved.class, (sql, it) -> about(sql, it, "user.removed", it.id(), ""))
            .on(
                    Session.Event.Begun.class,
                    (sql, it) -> about(
                            sql,
                            it,
                            "session.begun",
                            it.event().userId(),
                            it.event().agent()))
            .on(
                    Session.Event.WasEnded.class,
                    (sql, it) -> about(sql, it, "session.ended", it.event().userId(), ""))
            .on(
                    ApiToken.Event.WasMade.class,
                    (sql, it) -> about(
                            sql,
                            it,
                            "token.made",
                            it.event().userId(),
                            it.event().name()))
            .on(
                    ApiToken.Event.WasRevoked.class,
                    (sql, it) -> about(sql, it, "token.revoked", it.event().userId(), ""))
            .on(
                    OwnerLink.Event.Issued.class,
                    (sql, it) -> about(sql, it, "owner-link.issued", it.event().userId(), ""))
            .on(
                    OwnerLink.Event.WasUsed.class,
                    (sql, it) -> about(sql, it, "owner-link.used", it.event().userId(), ""))
            .on(
                    Login.Event.WasApproved.class,
                    (sql, it) -> about(sql, it, "login.approved", it.event().userId(), ""))
            .on(
                    Organization.Event.WasFounded.class,
                    (sql, it) -> within(
                            sql,
                            it,
                            "organization.founded",
                            it.event().ownerId(),
                            it.event().name()))
            .on(
                    Organization.Event.Renamed.class,
                    (sql, it) -> within(
                            sql, it, "organization.renamed", "", it.event().displayName()))
            .on(
                    Organization.Event.RoleChanged.class,
                    (sql, it) -> within(
                            sql,
                            it,
                            "member.role-changed",
                            it.event().userId(),
                            word(it.event().role())))
            .on(
                    Organization.Event.MemberLeft.class,
                    (sql, it) -> within(sql, it, "member.left", it.event().userId(), ""))
            .on(
                    Organization.Event.MemberJoined.class,
                    (sql, it) -> within(
                            sql,
                            it,
                            "member.joined",
                            it.event().userId(),
                            word(it.event().role())))
            .on(
                    Organization.Event.Invited.class,
                    (sql, it) -> within(
                            sql, it, "invitation.made", "", word(it.event().role())))
            .on(Organization.Event.Withdrawn.class, (sql, it) -> within(sql, it, "invitation.withdrawn", "", ""));

    private final Reader reader;
    private final Directory directory;

    AuditLog(Reader reader, Directory directory) {
        this.reader = reader;
        this.directory = directory;
    }

    /**
     * One thing that was done.
     *
     * @param words what was done, as the end of a sentence that begins with the actor
     * @param actor user name; "system" for Leat itself, "nobody" for somebody not signed in
     * @param via the session or token by which they were in: {@code session 01J0…}
     * @param correlationId the request
     */
    record Entry(
            Instant at,
            String action,
            String words,
            String actor,
            Optional<String> via,
            Optional<String> subject,
            String correlationId) {}

    /** @param action exact; empty for every one */
    record Filter(
            Optional<String> organizationId,
            Optional<String> aboutUserId,
            Optional<String> actorId,
            Optional<String> action) {
        static Filter organization(String id) {
            return new Filter(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** What a person did, and what was done to their account. */
        static Filter person(String id) {
            return new Filter(Optional.empty(), Optional.of(id), Optional.empty(), Optional.empty());
        }

        Filter narrowed(Optional<String> actor, Optional<String> what) {
            return new Filter(organizationId, aboutUserId, actor, what);
        }
    }

    /** Newest first. */
    Page<Entry> read(Filter filter, Paging paging) {
        List<String> where = new ArrayList<>(List.of("key < ?"));
        List<Object> values = new ArrayList<>(List.of(paging.after().orElse("~")));
        filter.organizationId().ifPresent(id -> {
            where.add("organization = ?");
            values.add(id);
        });
        filter.aboutUserId().ifPresent(id -> {
            where.add("(actor = ? or subject = ?)");
            values.add(id);
            values.add(id);
        });
        filter.actorId().ifPresent(id -> {
            where.add("actor = ?");
            values.add(id);
        });
        filter.action().ifPresent(action -> {
            where.add("action = ?");
            values.add(action);
        });
        values.add(paging.limit() + 1);
        List<Stored> found = reader.read(sql -> sql.query(
                "select key, at, action, actor, via, subject, detail, correlation from entry where "
                        + String.join(" and ", where) + " order by key desc limit ?",
                row -> new Stored(
                        row.text(1),
                        row.time(2),
                        row.text(3),
                        row.optionalText(4),
                        row.optionalText(5),
                        row.optionalText(6),
                        row.text(7),
                        row.text(8)),
                values.toArray()));
        Page<Stored> page = Page.of(found, paging, Stored::key);
        Set<String> ids = new HashSet<>();
        page.items().forEach(entry -> {
            entry.actor().ifPresent(ids::add);
            entry.subject().ifPresent(ids::add);
        });
        Map<String, Directory.Face> faces = directory.faces(ids);
        return new Page<>(page.items().stream().map(entry -> entry.shown(faces)).toList(), page.next());
    }

    private record Stored(
            String key,
            Instant at,
            String action,
            Optional<String> actor,
            Optional<String> via,
            Optional<String> subject,
            String detail,
            String correlation) {

        Entry shown(Map<String, Directory.Face> faces) {
            Optional<String> subjectName = subject.map(id -> name(id, faces));
            String about = subject.equals(actor) ? "their" : subjectName.orElse("somebody") + "'s";
            return new Entry(
                    at,
                    action,
                    words(about, subjectName.orElse("somebody")),
                    actor.map(id -> name(id, faces)).orElse("system"),
                    via,
                    subjectName,
                    correlation);
        }

        private static String name(String id, Map<String, Directory.Face> faces) {
            Directory.Face face = faces.get(id);
            return face == null ? id : face.name();
        }

        private String words(String about, String who) {
            return switch (action) {
                case "user.registered" -> "opened the account of " + who;
                case "user.profile-changed" -> "changed " + about + " profile";
                case "user.password-set" -> "set " + about + " password";
                case "user.suspended" -> "suspended " + who;
                case "user.removed" -> "removed " + (subject.equals(actor) ? "their account" : "the account of " + who);
                case "user.restored" -> "restored " + who;
                case "session.begun" -> "signed in" + (detail.isEmpty() ? "" : " with " + detail);
                case "session.ended" -> "ended a session of " + who;
                case "token.made" -> "made the token \"" + detail + "\"";
                case "token.revoked" -> "revoked a token of " + who;
                case "owner-link.issued" -> "issued a sign-in link for the owner";
                case "owner-link.used" -> "used the owner's sign-in link";
                case "login.approved" -> "let a command line in";
                case "organization.founded" -> "founded the organization " + detail;
                case "organization.renamed" -> "renamed the organization to \"" + detail + "\"";
                case "member.role-changed" -> "made " + who + " " + detail;
                case "member.left" -> subject.equals(actor) ? "left" : "removed " + who;
                case "member.joined" -> "joined as " + detail;
                case "invitation.made" -> "invited somebody as " + detail;
                case "invitation.withdrawn" -> "withdrew an invitation";
                default -> action;
            };
        }
    }

    private static void about(Sql sql, Recorded<?> it, String action, String subject, String detail) {
        insert(sql, it, action, subject, Optional.empty(), detail);
    }

    private static void within(Sql sql, Recorded<?> it, String action, String subject, String detail) {
        insert(sql, it, action, subject, Optional.of(it.id()), detail);
    }

    private static void insert(
            Sql sql, Recorded<?> it, String action, String subject, Optional<String> organization, String detail) {
        Sender sender = Sender.read(it.by());
        sql.execute(
                "insert into entry values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                "%015d-%s-%09d".formatted(it.at().toEpochMilli(), it.id(), it.version()),
                it.at(),
                action,
                sender.userId(),
                sender.via(),
                Optional.of(subject).filter(id -> !id.isEmpty()),
                organization,
                detail,
                it.correlationId());
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
