package leat.notes;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.web.Request;

/**
 * What the edges ask of public links and do with them.
 *
 * <p>An address ends in the link's id and 256 random bits. Whoever reads there is nobody in particular, so what they see is
 * asked of the note itself each time: whether it is still there, still its maker's, and the maker still a member.
 */
record PublicLinks(Notes notes, Entities<PublicLink.Command, PublicLink.Event, PublicLink> entities, Reader list) {
    /** Where the addresses are. */
    static final String PATH = "/notes/public/";

    /** Notes of a notebook that are listed at its address. */
    static final int MAX_NOTES = 500;

    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** @param path with the secret, which nobody is told again */
    record Made(String id, String path, Instant until) {}

    // --- those who make them -------------------------------------------------------------------------------------

    List<PublicLinkList.Item> of(String target) {
        return list.read(sql -> PublicLinkList.of(sql, target));
    }

    Made make(Request request, String organization, PublicLink.Target target, int days) {
        if (of(target.id()).size() >= PublicLinkList.MAX) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "link.many",
                            "There are " + PublicLinkList.MAX + " links already; revoke one first.")
                    .asException();
        }
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Envelope envelope = notes.sender().envelope(request);
        Instant until = envelope.at().plus(Duration.ofDays(days));
        Answer<PublicLink> answer = entities.tell(
                notes.sender().idFor(request, envelope),
                new PublicLink.Command.Make(organization, target, Sha256.hex(secret), until),
                envelope);
        if (!(answer.state() instanceof PublicLink.Open it) || !it.hash().equals(Sha256.hex(secret))) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "link.made",
                            "This link was made already, and its address is told once; make another.")
                    .asException();
        }
        list.await(answer.position(), Reader.PATIENCE);
        return new Made(answer.id(), PATH + answer.id() + secret, it.until());
    }

    /** @throws leat.kernel.RefusedException with {@code link.absent} for one of something else */
    void revoke(Request request, String target, String id) {
        if (!Ids.isId(id)
                || !(entities.get(id).state() instanceof PublicLink.Open it)
                || !it.target().id().equals(target)) {
            throw PublicLink.absent().asException();
        }
        Answer<PublicLink> answer = entities.tell(
                id, new PublicLink.Command.Revoke(), notes.sender().envelope(request));
        list.await(answer.position(), Reader.PATIENCE);
    }

    // --- those who read ------------------------------------------------------------------------------------------

    /**
     * The link of an address, if it is good.
     *
     * @throws leat.kernel.RefusedException with {@code link.absent}, whatever is wrong
     */
    PublicLink.Open open(String token) {
        if (token.length() != Ids.LENGTH + SECRET_LENGTH || !Ids.isId(token.substring(0, Ids.LENGTH))) {
            throw PublicLink.absent().asException();
        }
        String id = token.substring(0, Ids.LENGTH);
        if (!(entities.get(id).state() instanceof PublicLink.Open it)
                || !Sha256.isOf(token.substring(Ids.LENGTH), it.hash())
                || !it.until().isAfter(notes.sender().clock().instant())
                || !notes.organizations().isMember(NoteJson.userId(it.maker()), it.organization())) {
            throw PublicLink.absent().asException();
        }
        return it;
    }

    /** The note of a link to one note. */
    Optional<Note.Kept> note(PublicLink.Open link) {
        return link.target().kind() == PublicLink.Target.Kind.NOTE
                ? kept(link, link.target().id())
                : Optional.empty();
    }

    /** A note in the notebook of a link, if its maker wrote it and put it there. */
    Optional<Note.Kept> noteIn(PublicLink.Open link, String id) {
        return link.target().kind() == PublicLink.Target.Kind.NOTEBOOK && Ids.isId(id)
                ? kept(link, id)
                        .filter(note -> note.filing()
                                .filter(Note.Filing::shared)
                                .filter(it -> notes.notebooks()
                                        .lies(it.notebook(), link.target().id()))
                                .isPresent())
                : Optional.empty();
    }

    private Optional<Note.Kept> kept(PublicLink.Open link, String id) {
        return notes.entities().get(id).state() instanceof Note.Kept it
                        && it.identity().author().equals(link.maker())
                ? Optional.of(it)
                : Optional.empty();
    }

    /** The notebook of a link, while it stands. */
    Optional<Notebook.Kept> notebook(PublicLink.Open link) {
        String id = link.target().id();
        return link.target().kind() == PublicLink.Target.Kind.NOTEBOOK
                        && notes.notebooks().place(id).equals(Optional.of(id))
                        && notes.notebooks().entities().get(id).state() instanceof Notebook.Kept it
                        && it.author().equals(link.maker())
                ? Optional.of(it)
                : Optional.empty();
    }

    /** The notes of a link to a notebook, those that were written last first. */
    List<NoteList.Item> notesIn(PublicLink.Open link) {
        NoteFilter filter =
                NoteFilter.ALL.by(link.maker()).in(Optional.of(link.target().id()));
        return notes
                .list()
                .read(sql -> NoteList.of(
                        sql,
                        link.organization(),
                        link.maker(),
                        filter,
                        NoteList.Order.CHANGED,
                        Optional.empty(),
                        MAX_NOTES))
                .stream()
                .filter(it -> noteIn(link, it.id()).isPresent())
                .toList();
    }
}
