package leat.platform;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.kernel.port.Engine;
import leat.kernel.port.PartitionId;
import leat.kernel.port.StoredTask;
import leat.kernel.runtime.Node;
import leat.kernel.runtime.NodeStatus;
import leat.platform.archive.Archive;
import leat.web.Access;
import leat.web.Request;
import leat.web.Response;
import leat.web.Route;

/** Operations for programs: how this process does, and the few things that an operator does about it. */
final class OperationsApi {
    private static final int MOST_TASKS = 200;

    private final Node node;
    private final Engine engine;
    private final Operations operations;

    OperationsApi(Node node, Engine engine, Operations operations) {
        this.node = node;
        this.engine = engine;
        this.operations = operations;
    }

    List<Route> table() {
        String parkedOfView = "/api/operations/views/{view}/parked/{key}";
        String parkedOfProcess = "/api/operations/processes/{process}/parked/{partition}/{key}";
        return List.of(
                Route.get("/api/operations", Access.owner(), this::picture)
                        .summary("How this process does")
                        .answers(Operations.Picture.class),
                Route.get("/api/operations/backup", Access.owner(), this::backup)
                        .summary(
                                "Everything that is kept, as one zip file, as of now; it is as secret as the data folder")
                        .answers("application/zip"),
                Route.get("/api/operations/tasks", Access.owner(), this::tasks)
                        .summary("Tasks in a state, the first 200")
                        .query("state", "waiting, running or parked; usually parked")
                        .answers(Tasks.class)
                        .refuses("operations.state-unknown"),
                Route.put("/api/operations/tasks/{id}/resumption", Access.owner(), this::resumeTask)
                        .summary("Let a parked task run again now")
                        .answers(204)
                        .refuses("task.absent"),
                Route.delete("/api/operations/tasks/{id}", Access.owner(), this::dropTask)
                        .summary("Remove a task that does not run, for good")
                        .answers(204)
                        .refuses("task.absent"),
                Route.put("/api/operations/views/{view}/rebuild", Access.owner(), this::rebuild)
                        .summary("Build a view anew beside the present one, which answers until then")
                        .answers(202)
                        .refuses("view.absent"),
                Route.put(parkedOfView + "/resumption", Access.owner(), request -> resumeView(request, false))
                        .summary("Fold a view's parked entity again")
                        .answers(204)
                        .refuses("view.absent", "parked-key.absent"),
                Route.put(parkedOfView + "/skip", Access.owner(), request -> resumeView(request, true))
                        .summary("Skip the event at which a view parked an entity")
                        .answers(204)
                        .refuses("view.absent", "parked-key.absent"),
                Route.put(parkedOfProcess + "/resumption", Access.owner(), request -> resumeProcess(request, false))
                        .summary("Let a process's parked key react again")
                        .answers(204)
                        .refuses("process.absent", "parked-key.absent"),
                Route.put(parkedOfProcess + "/skip", Access.owner(), request -> resumeProcess(request, true))
                        .summary("Skip the event at which a process parked a key")
                        .answers(204)
                        .refuses("process.absent", "parked-key.absent"));
    }

    record Tasks(List<Operations.ParkedTask> items) {}

    Response picture(Request request) {
        return Response.ok(operations.picture());
    }

    Response backup(Request request) {
        return Response.stream(
                        "application/zip", out -> Archive.write(engine, node.folds(), Release.VERSION, out, said -> {}))
                .header("Content-Disposition", "attachment; filename=\"leat.zip\"")
                .header("Cache-Control", "no-store");
    }

    Response tasks(Request request) {
        String state = request.query("state").orElse("parked");
        StoredTask.State known = switch (state.toLowerCase(Locale.ROOT)) {
            case "waiting" -> StoredTask.State.WAITING;
            case "running" -> StoredTask.State.RUNNING;
            case "parked" -> StoredTask.State.PARKED;
            default ->
                throw Refusal.of(
                                Refusal.Kind.INVALID,
                                "operations.state-unknown",
                                "A task is waiting, running or parked.")
                        .asException();
        };
        return Response.ok(new Tasks(operations.tasks(known, MOST_TASKS)));
    }

    Response resumeTask(Request request) {
        found(node.resumeTask(taskId(request)), "task.absent", "There is no parked task with this id.");
        return Response.noContent();
    }

    Response dropTask(Request request) {
        found(
                node.dropTask(taskId(request)),
                "task.absent",
                "There is no task with this id, or it runs at this moment.");
        return Response.noContent();
    }

    Response rebuild(Request request) {
        found(node.rebuildView(request.parameter("view")), "view.absent", "There is no view of this name.");
        return Response.of(202);
    }

    Response resumeView(Request request, boolean skip) {
        String view = request.parameter("view");
        String key = request.parameter("key");
        NodeStatus.FollowerStatus follower = follower(node.status().views(), view, "view.absent");
        found(
                follower.parked().stream().anyMatch(parked -> parked.key().equals(key)),
                "parked-key.absent",
                "This view has not parked such an entity (any more).");
        node.resumeView(view, key, skip);
        return Response.noContent();
    }

    Response resumeProcess(Request request, boolean skip) {
        String process = request.parameter("process");
        String partition = request.parameter("partition");
        String key = request.parameter("key");
        NodeStatus.FollowerStatus follower = follower(node.status().processes(), process, "process.absent");
        Optional<PartitionId> parked = follower.parked().stream()
                .filter(one ->
                        one.key().equals(key) && one.partition().toString().equals(partition))
                .map(NodeStatus.ParkedKey::partition)
                .findFirst();
        found(parked.isPresent(), "parked-key.absent", "This process has not parked such a key (any more).");
        node.resumeProcess(process, parked.orElseThrow(), key, skip);
        return Response.noContent();
    }

    private static NodeStatus.FollowerStatus follower(
            List<NodeStatus.FollowerStatus> followers, String name, String code) {
        return followers.stream()
                .filter(follower -> follower.name().equals(name))
                .findFirst()
                .orElseThrow(() -> absent(code, "There is none of this name."));
    }

    private static UUID taskId(Request request) {
        try {
            return UUID.fromString(request.parameter("id"));
        } catch (IllegalArgumentException e) {
            throw absent("task.absent", "There is no task with this id.");
        }
    }

    private static void found(boolean found, String code, String sentence) {
        if (!found) {
            throw absent(code, sentence);
        }
    }

    private static RefusedException absent(String code, String sentence) {
        return Refusal.of(Refusal.Kind.ABSENT, code, sentence).asException();
    }
}
