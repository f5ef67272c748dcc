// SPDX-License-Identifier: GPL-3.0-or-later
// The house's own syntax definitions (mail log, mail header), loaded from the resources.
#pragma once

#include "widgets/common/evidencepane.h"
#include "widgets/common/theme.h"

namespace KSyntaxHighlighting {
class SyntaxHighlighter;
}

namespace sluicegate::common {

/// Sets definition and colours; plain text gets no definition.
void highlight(KSyntaxHighlighting::SyntaxHighlighter& highlighter, Syntax syntax, Scheme scheme);
/// Whether both definitions were found and are valid: a broken one is dropped in silence by the library.
bool definitionsAreValid();

} // namespace sluicegate::common
