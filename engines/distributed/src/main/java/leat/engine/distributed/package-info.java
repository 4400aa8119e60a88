/** Carries Leat over many processes: PostgreSQL is the one durable truth, NATS makes it quick, S3 keeps the bytes. */
@NullMarked
package leat.engine.distributed;

import org.jspecify.annotations.NullMarked;
