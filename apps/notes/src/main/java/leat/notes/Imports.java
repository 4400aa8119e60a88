package leat.notes;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import leat.kernel.Answer;
import leat.kernel.Entities;
import leat.kernel.Envelope;
import leat.kernel.Ids;
import leat.kernel.Reader;
import leat.kernel.Refusal;
import leat.web.Request;
import leat.web.Sender;
import leat.web.Sse;

/** What the edges ask of imports and do with them; each is its owner's alone, and absent for everybody else. */
record Imports(
        Notes notes, Entities<Import.Command, Import.Event, Import> entities, Reader list, Attachments attachments) {
    /** Imports that are listed. */
    private static final int LISTED = 20;

    /** An import as it stands. */
    record Found(String id, Import.Begun it) {}

    /** @param at when it was begun */
    record Listed(Found found, Instant at) {}

    /** @throws leat.kernel.RefusedException with {@code import.absent} */
    Found find(Request request, String id) {
        return seen(request, id).orElseThrow(() -> Import.absent().asException());
    }

    private Optional<Found> seen(Request request, String id) {
        return Optional.of(id)
                .filter(Ids::isId)
                .flatMap(it -> found(entities.get(it)))
                .filter(it -> it.it().owner().person().equals(Sender.person(request)))
                .filter(it -> notes.organizations()
                        .isMember(request.person().userId(), it.it().owner().organization()));
    }

    private static Optional<Found> found(Answer<Import> answer) {
        return answer.state() instanceof Import.Begun it ? Optional.of(new Found(answer.id(), it)) : Optional.empty();
    }

    /** Tells how an import stands now and whenever it has come further, as long as the caller may see it. */
    void follow(Request request, String id, Sse.Sink sink, Consumer<Found> tell) {
        Following.changes(notes.announcements(), ImportList.TOPIC, sink, id::equals, () -> {
            Optional<Found> now = seen(request, id);
            now.ifPresentOrElse(tell, sink::close);
        });
    }

    /** The last ones of the caller in an organization, the newest first. */
    List<Listed> of(Request request, String organization) {
        return list.read(sql -> ImportList.of(sql, Sender.person(request), organization, LISTED)).stream()
                .flatMap(it -> found(entities.get(it.id())).map(found -> new Listed(found, it.at())).stream())
                .toList();
    }

    /** @throws leat.kernel.RefusedException with {@code import.name} or {@code import.many} */
    Found begin(Request request, String organization, String name) {
        Instant since = notes.sender().clock().instant().minus(Attachment.KEPT);
        long open = of(request, organization).stream()
                .filter(it -> it.at().isAfter(since) && !it.found().it().isOver())
                .count();
        if (open >= Import.MAX_OPEN) {
            throw Refusal.of(
                            Refusal.Kind.CONFLICT,
                            "import.many",
                            "You have " + Import.MAX_OPEN + " imports open; take one in or cancel one first.")
                    .asException();
        }
        Envelope envelope = notes.sender().envelope(request);
        String id = notes.sender().idFor(request, envelope);
        return shown(entities.tell(id, new Import.Command.Begin(organization, name), envelope));
    }

    /**
     * Takes a part of the file.
     *
     * @throws leat.kernel.RefusedException with {@code import.part-size}, {@code import.too-large}, {@code
     *     import.part-order}, {@code import.part-there} or {@code import.started}
     */
    Found add(Request request, Found begun, int number, byte[] bytes) {
        if (bytes.length == 0 || bytes.length > Import.MAX_PART_BYTES) {
            throw Refusal.of(
                            bytes.length == 0 ? Refusal.Kind.INVALID : Refusal.Kind.TOO_LARGE,
                            "import.part-size",
                            "A part has 1 byte to " + Labels.bytes(Import.MAX_PART_BYTES) + ".")
                    .asException();
        }
        long most = attachments.settings().importBytes();
        if (number >= begun.it().parts().size() && begun.it().size() + bytes.length > most) {
            throw tooLarge(most);
        }
        Envelope envelope = notes.sender().envelope(request);
        String blob = attachments.keep(begun.it().owner().organization(), begun.id(), bytes, envelope);
        return shown(entities.tell(
                begun.id(), new Import.Command.Add(number, new Import.Part(blob, bytes.length)), envelope));
    }

    static RuntimeException tooLarge(long most) {
        return Refusal.of(
                        Refusal.Kind.TOO_LARGE,
                        "import.too-large",
                        "A file to import has at most " + Labels.bytes(most) + ".")
                .asException();
    }

    /** Begins an import with the whole of its file, as a form brings it, and looks through it. */
    Found beginWith(Request request, String organization, String name, byte[] bytes) {
        if (bytes.length > attachments.settings().importBytes()) {
            throw tooLarge(attachments.settings().importBytes());
        }
        Found it = begin(request, organization, name);
        for (int number = 0; (long) number * Import.MAX_PART_BYTES < bytes.length; number++) {
            int from = number * Import.MAX_PART_BYTES;
            it = add(
                    request,
                    it,
                    number,
                    Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + Import.MAX_PART_BYTES)));
        }
        return run(request, it, true);
    }

    Found run(Request request, Found it, boolean dryRun) {
        return tell(request, it, new Import.Command.Run(it.id(), dryRun));
    }

    Found cancel(Request request, Found it) {
        return tell(request, it, new Import.Command.Cancel());
    }

    private Found tell(Request request, Found it, Import.Command command) {
        return shown(entities.tell(it.id(), command, notes.sender().envelope(request)));
    }

    private Found shown(Answer<Import> answer) {
        list.await(answer.position(), Reader.PATIENCE);
        return found(answer).orElseThrow(() -> Import.absent().asException());
    }
}
