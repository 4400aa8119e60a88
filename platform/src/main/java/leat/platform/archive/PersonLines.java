package leat.platform.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import leat.kernel.Json;
import leat.kernel.port.Engine;
import leat.kernel.port.Keys;
import tools.jackson.core.JacksonException;

/**
 * The keys of people as lines of JSON, not wrapped: the archive is to be read where another master key is. Those who were
 * forgotten are in it by their ids, so that they stay forgotten.
 */
record PersonLines(String person, Optional<String> key, Optional<Instant> forgottenAt) {

    /** Returns how many there are. */
    static long write(Engine engine, OutputStream out) throws IOException {
        List<PersonLines> lines = new ArrayList<>();
        engine.keys().each((person, kept) -> {
            // Snapshots do not travel, and so neither does their key.
            if (!person.equals(Keys.SNAPSHOTS)) {
                Optional<String> key = kept.wrapped()
                        .map(wrapped -> Base64.getEncoder()
                                .encodeToString(engine.masterKey().unwrap(person, wrapped)));
                lines.add(new PersonLines(person, key, kept.forgottenAt()));
            }
        });
        for (PersonLines line : lines) {
            out.write(Json.bytes(line));
            out.write('\n');
        }
        return lines.size();
    }

    /** @throws IllegalArgumentException when it holds anything else */
    static long read(InputStream in, Engine engine) throws IOException {
        long number = 0;
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (String text = lines.readLine(); text != null; text = lines.readLine()) {
            number++;
            try {
                Json.read(text, PersonLines.class).into(engine);
            } catch (JacksonException e) {
                throw new IllegalArgumentException("line " + number + " of its keys: " + e.getOriginalMessage(), e);
            }
        }
        return number;
    }

    private void into(Engine engine) {
        if (key.isPresent()) {
            var _ = engine.keys()
                    .keep(
                            person,
                            engine.masterKey().wrap(person, Base64.getDecoder().decode(key.get())));
        } else {
            engine.keys().forget(person, forgottenAt.orElse(Instant.EPOCH));
        }
    }
}
