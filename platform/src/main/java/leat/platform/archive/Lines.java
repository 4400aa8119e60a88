package leat.platform.archive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Json;
import leat.kernel.port.Kept;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredEvent;
import leat.kernel.port.StoredTask;
import leat.kernel.port.StreamId;
import leat.kernel.port.Write;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a journal keeps as lines of JSON, one thing a line. Payloads and states are JSON within a string, byte for byte. */
final class Lines {
    private Lines() {}

    /** The word for a kind of thing. */
    static String kind(Kept kept) {
        return switch (kept) {
            case Kept.Event e -> "event";
            case Kept.Command c -> "command";
            case Kept.Claimed c -> "claim";
            case Kept.Cursor c -> "cursor";
            case Kept.State s -> "state";
            case Kept.Parked p -> "parked";
            case Kept.Task t -> "task";
        };
    }

    static byte[] line(Kept kept) {
        ObjectNode line = Json.MAPPER.createObjectNode().put("kind", kind(kept));
        switch (kept) {
            case Kept.Event(StoredEvent e) ->
                line.put("partition", e.partition().toString())
                        .put("position", e.position())
                        .put("stream", e.stream().toString())
                        .put("version", e.version())
                        .put("type", e.type())
                        .put("schema", e.schema())
                        .put("payload", text(e.payload()))
                        .put("at", e.at().toString())
                        .put("command", e.commandId().toString())
                        .put("correlation", e.correlationId())
                        .put("by", e.by());
            case Kept.Command c ->
                line.put("id", c.id().toString())
                        .put("stream", c.stream().toString())
                        .put("position", c.position())
                        .put("version", c.version())
                        .put("at", c.at().toString());
            case Kept.Claimed c ->
                line.put("space", c.space())
                        .put("name", c.name())
                        .put("holder", c.holder().toString());
            case Kept.Cursor c ->
                line.put("process", c.process())
                        .put("partition", c.partition().toString())
                        .put("position", c.position());
            case Kept.State s ->
                line.put("process", s.process()).put("key", s.key()).put("state", text(s.state()));
            case Kept.Parked p ->
                line.put("process", p.process())
                        .put("partition", p.partition().toString())
                        .put("key", p.key().key())
                        .put("position", p.key().position())
                        .put("error", p.key().error())
                        .put("at", p.key().at().toString());
            case Kept.Task(StoredTask t) -> {
                line.put("id", t.id().toString())
                        .put("task", t.kind())
                        .put("key", t.key())
                        .put("payload", text(t.payload()))
                        .put("notBefore", t.notBefore().toString())
                        .put("parked", t.state() == StoredTask.State.PARKED)
                        .put("attempt", t.attempt())
                        .put("correlation", t.correlationId())
                        .put("by", t.by())
                        .put("createdAt", t.createdAt().toString());
                t.error().ifPresent(error -> line.put("error", error));
            }
        }
        return Json.bytes(line);
    }

    /** @throws IllegalArgumentException when it is no such line */
    static Kept read(String text) {
        try {
            var line = new Line(Json.tree(text));
            return switch (line.text("kind")) {
                case "event" ->
                    new Kept.Event(new StoredEvent(
                            PartitionId.parse(line.text("partition")),
                            line.number("position"),
                            StreamId.parse(line.text("stream")),
                            line.number("version"),
                            line.text("type"),
                            (int) line.number("schema"),
                            line.bytes("payload"),
                            line.time("at"),
                            line.id("command"),
                            line.text("correlation"),
                            line.text("by")));
                case "command" ->
                    new Kept.Command(
                            line.id("id"),
                            StreamId.parse(line.text("stream")),
                            line.number("position"),
                            line.number("version"),
                            line.time("at"));
                case "claim" ->
                    new Kept.Claimed(line.text("space"), line.text("name"), StreamId.parse(line.text("holder")));
                case "cursor" ->
                    new Kept.Cursor(
                            line.text("process"), PartitionId.parse(line.text("partition")), line.number("position"));
                case "state" -> new Kept.State(line.text("process"), line.text("key"), line.bytes("state"));
                case "parked" ->
                    new Kept.Parked(
                            line.text("process"),
                            PartitionId.parse(line.text("partition")),
                            new Write.ParkedKey(
                                    line.text("key"), line.number("position"), line.text("error"), line.time("at")));
                case "task" ->
                    new Kept.Task(new StoredTask(
                            line.id("id"),
                            line.text("task"),
                            line.text("key"),
                            line.bytes("payload"),
                            line.time("notBefore"),
                            line.node().path("parked").asBoolean(false)
                                    ? StoredTask.State.PARKED
                                    : StoredTask.State.WAITING,
                            (int) line.number("attempt"),
                            Optional.empty(),
                            line.node().has("error") ? Optional.of(line.text("error")) : Optional.empty(),
                            line.text("correlation"),
                            line.text("by"),
                            line.time("createdAt")));
                default -> throw new IllegalArgumentException("unknown kind \"" + line.text("kind") + "\"");
            };
        } catch (JacksonException | IndexOutOfBoundsException | java.time.DateTimeException e) {
            throw new IllegalArgumentException("not what an archive holds: " + e.getMessage(), e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private record Line(JsonNode node) {
        String text(String name) {
            JsonNode value = node.path(name);
            if (!value.isString()) {
                throw new IllegalArgumentException("there is no text under \"" + name + "\"");
            }
            return value.asString();
        }

        long number(String name) {
            JsonNode value = node.path(name);
            if (!value.isIntegralNumber()) {
                throw new IllegalArgumentException("there is no number under \"" + name + "\"");
            }
            return value.asLong();
        }

        byte[] bytes(String name) {
            return text(name).getBytes(StandardCharsets.UTF_8);
        }

        Instant time(String name) {
            return Instant.parse(text(name));
        }

        UUID id(String name) {
            return UUID.fromString(text(name));
        }
    }
}
