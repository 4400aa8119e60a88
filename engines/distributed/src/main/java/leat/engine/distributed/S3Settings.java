package leat.engine.distributed;

import java.net.URI;
import java.util.Optional;

/**
 * Which S3 keeps blobs and logs, and how to sign in; printing it shows no secret.
 *
 * @param endpoint its address, such as {@code http://s3:9000}; none means Amazon's for the region
 * @param region such as {@code eu-central-1}; a server of one's own takes any
 * @param bucket must exist
 * @param prefix begins every key, and is empty or ends in a slash, so that several Leats can share a bucket
 * @param pathStyle whether the bucket stands in the path instead of the host, as a server of one's own often needs
 */
public record S3Settings(
        Optional<URI> endpoint,
        String region,
        String bucket,
        String prefix,
        boolean pathStyle,
        String accessKey,
        String secretKey) {
    public S3Settings {
        if (bucket.isBlank() || region.isBlank()) {
            throw new IllegalArgumentException("S3 needs a bucket and a region");
        }
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("S3 needs an access key and a secret key");
        }
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("the S3 prefix \"" + prefix + "\" must end in a slash");
        }
    }

    /** A server of one's own, with the bucket in the path and the whole bucket for this Leat. */
    public static S3Settings at(URI endpoint, String bucket, String accessKey, String secretKey) {
        return new S3Settings(Optional.of(endpoint), "us-east-1", bucket, "", true, accessKey, secretKey);
    }

    @Override
    public String toString() {
        return "bucket " + bucket + " at " + endpoint.map(URI::toString).orElse("Amazon S3 in " + region);
    }
}
