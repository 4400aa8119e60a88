package leat.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what an event tells of a person: it is stored encrypted under that person's key, and nobody can read it any more
 * once the person has been forgotten.
 *
 * <p>Whose it is says {@link Wire#about}. After they were forgotten the event decodes as before, with empty values where
 * something personal was: text is {@code ""}, an {@code Optional}, a list and a map are empty. {@code evolve} and folds of
 * views must accept that, as what it is: somebody said something here that may no longer be known.
 *
 * <p>May stand at components of records that are a {@code String}, {@code Optional}, {@code Collection} or {@code Map}, also
 * in a record within the event; there is no empty value for others.
 *
 * <pre>{@code
 * record Registered(@Personal String name, @Personal Optional<String> email, boolean owner) implements Event {}
 *
 * Wire.of("user.registered", Registered.class).about(Subject.entity())
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Personal {}
