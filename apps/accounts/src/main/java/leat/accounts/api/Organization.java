package leat.accounts.api;

/**
 * An organization as other modules know it.
 *
 * @param name lower-case, unique, never changed: safe to stand in addresses
 */
public record Organization(String id, String name, String displayName) {}
