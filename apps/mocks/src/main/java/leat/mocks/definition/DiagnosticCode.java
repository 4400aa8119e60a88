package leat.mocks.definition;

/** Every code that a diagnostic can carry; documented in the guide to the mock format. */
public enum DiagnosticCode {
    YAML_TOO_LARGE("yaml.too-large"),
    YAML_ENCODING("yaml.encoding"),
    YAML_SYNTAX("yaml.syntax"),
    YAML_TAG("yaml.tag"),
    YAML_ALIAS_LIMIT("yaml.alias-limit"),
    YAML_MULTIPLE_DOCUMENTS("yaml.multiple-documents"),
    LIMIT_EXCEEDED("limit.exceeded"),
    MOCK_EMPTY("mock.empty"),
    KEY_UNKNOWN("key.unknown"),
    KEY_MISSING("key.missing"),
    KEY_DUPLICATE("key.duplicate"),
    KEY_IGNORED("key.ignored"),
    VALUE_TYPE("value.type"),
    VALUE_RANGE("value.range"),
    PATH_SYNTAX("path.syntax"),
    PATH_TYPE_UNKNOWN("path.type-unknown"),
    QUERY_TYPE_UNKNOWN("query.type-unknown"),
    HOST_SYNTAX("host.syntax"),
    HEADER_SYNTAX("header.syntax"),
    HEADER_RESERVED("header.reserved"),
    BODY_SAMPLE("body.sample"),
    BODY_NOT_JSON("body.not-json"),
    BODY_IGNORED("body.ignored"),
    TEMPLATE_SYNTAX("template.syntax"),
    ROUTE_DUPLICATE("route.duplicate"),
    FEATURE_UNSUPPORTED("feature.unsupported"),
    DIAGNOSTICS_MORE("diagnostics.more");

    private final String text;

    DiagnosticCode(String text) {
        this.text = text;
    }

    /** The code as it stands in a {@link Diagnostic}. */
    public String text() {
        return text;
    }
}
