package leat.mocks.template;

/** Text that is already JSON, made by the {@code json} filter: printed bare where JSON expects a value. */
record JsonFragment(String text) {}
