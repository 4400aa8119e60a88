package leat.engine.distributed;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import leat.engine.distributed.S3Failure.Reason;
import leat.kernel.port.Part;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The connection to one bucket, which blobs and logs share.
 *
 * <p>A call is tried up to {@link #ATTEMPTS} times with growing random waits; what still fails becomes an
 * {@link S3Failure}. Checksums that S3 does not ask for are left to the callers, since servers of one's own often know
 * no others than those that are sent in a header.
 */
public final class S3Store implements AutoCloseable {
    /** How often a call is tried when S3 is away or overloaded. */
    public static final int ATTEMPTS = 4;

    private static final int BAD_REQUEST = 400;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** Longest that S3 may be silent in the midst of a call. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final S3Settings settings;
    private final S3Client client;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile Reached reached = new Reached(true, Instant.now());
    private volatile boolean bucketSeen;

    /** Connects with the first call; nothing is asked of S3 yet. */
    public S3Store(S3Settings settings) {
        this.settings = settings;
        var builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Servers of one's own may know neither; waiting to be told to go on costs a turn, or seconds.
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false).expectContinueEnabled(false))
                .overrideConfiguration(common ->
                        common.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                // What was cut short on its way looks malformed to the server.
                                .retryOnException(
                                        e -> e instanceof S3Exception answer && answer.statusCode() == BAD_REQUEST)
                                .build()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE));
        settings.endpoint().ifPresent(builder::endpointOverride);
        this.client = builder.build();
    }

    /** One call to S3. */
    interface Call<T> {
        T on(S3Client client);
    }

    <T> T call(Call<T> call) throws S3Failure {
        calls.increment();
        try {
            T answer = call.on(client);
            reached(true);
            return answer;
        } catch (SdkException e) {
            throw failed(e);
        }
    }

    /** Counts a failed call; the sentence holds only what the server or the network said. */
    S3Failure failed(SdkException e) {
        failures.increment();
        S3Failure failure = failure(e);
        reached(failure.reason() != Reason.AWAY);
        return failure;
    }

    private S3Failure failure(SdkException e) {
        if (!(e instanceof S3Exception answer)) {
            return new S3Failure(Reason.AWAY, "S3 is away: " + settings + " cannot be reached", e);
        }
        int status = answer.statusCode();
        if (e instanceof NoSuchBucketException) {
            return new S3Failure(Reason.BUCKET, "S3 has no " + settings + "; create the bucket or mend its name", null);
        }
        if (status == 401 || status == 403) {
            return new S3Failure(
                    Reason.KEYS,
                    "S3 refuses the keys for " + settings + "; check the access key, its secret and its rights",
                    null);
        }
        if (status >= 500 || status == 429) {
            return new S3Failure(
                    Reason.AWAY, "S3 answers " + status + " for " + settings + "; it may be overloaded", e);
        }
        return new S3Failure(Reason.REFUSED, "S3 answers " + status + code(answer) + " for " + settings, e);
    }

    private static String code(S3Exception answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : " " + details.errorCode();
    }

    String bucket() {
        return settings.bucket();
    }

    /** The whole key. */
    String key(String name) {
        return settings.prefix() + name;
    }

    /** What S3 knows of an object, or none when there is none. */
    Optional<HeadObjectResponse> find(String key) throws S3Failure {
        Optional<HeadObjectResponse> found = call(s3 -> {
            try {
                return Optional.of(s3.headObject(head -> head.bucket(bucket()).key(key)));
            } catch (S3Exception e) {
                // The answer has no body that could name the error.
                if (e.statusCode() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
        if (found.isEmpty()) {
            seeBucket();
        }
        return found;
    }

    /** An object that is missing and a bucket that is missing look the same; the bucket is asked for once. */
    private void seeBucket() throws S3Failure {
        if (!bucketSeen) {
            var ignored = call(s3 -> {
                try {
                    return s3.headBucket(head -> head.bucket(bucket()));
                } catch (S3Exception e) {
                    throw e.statusCode() == 404
                            ? NoSuchBucketException.builder()
                                    .statusCode(404)
                                    .message(e.getMessage())
                                    .cause(e)
                                    .build()
                            : e;
                }
            });
            bucketSeen = true;
        }
    }

    /** What is done with each object of a listing. */
    interface Listed {
        void next(S3Object object) throws IOException;
    }

    /** Tells every object whose key begins so, in the order of the keys, page by page. */
    void list(String prefix, Listed listed) throws IOException {
        ListObjectsV2Request.Builder ask =
                ListObjectsV2Request.builder().bucket(bucket()).prefix(prefix);
        boolean more = true;
        while (more) {
            ListObjectsV2Response page = call(s3 -> s3.listObjectsV2(ask.build()));
            for (S3Object object : page.contents()) {
                listed.next(object);
            }
            more = Boolean.TRUE.equals(page.isTruncated());
            ask.continuationToken(page.nextContinuationToken());
        }
    }

    /** Deletes an object; absent is fine. */
    void delete(String key) throws S3Failure {
        var ignored = call(s3 -> s3.deleteObject(gone -> gone.bucket(bucket()).key(key)));
    }

    /** Whether the last call got an answer, and since when that has been so. */
    private record Reached(boolean well, Instant since) {}

    private void reached(boolean well) {
        if (reached.well() != well) {
            reached = new Reached(well, Instant.now());
        }
    }

    /** How S3 is doing, for health and the operations page. */
    public Part part() {
        Reached now = reached;
        String where = "S3: " + settings;
        return new Part(
                "S3",
                now.well(),
                now.well() ? where : where + " cannot be reached; what needs a file or a log waits until it is back.",
                now.since());
    }

    /** Counts for metrics. */
    public Status status() {
        return new Status(reached.well(), calls.sum(), failures.sum());
    }

    /**
     * @param reachable whether the last call got an answer
     * @param calls made so far, the tries of one call counted once
     * @param failures calls that failed after all their tries
     */
    public record Status(boolean reachable, long calls, long failures) {}

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
