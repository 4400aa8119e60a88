package leat.accounts;

import java.util.List;
import leat.web.ui.Tab;

/**
 * What every page of the settings says.
 *
 * @param saved a sentence about what was just saved; empty for nothing
 */
record SettingsModel(String name, boolean hasPassword, String saved, List<Tab> tabs) {}
