// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/highlighting.h"

#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/SyntaxHighlighter>
#include <KSyntaxHighlighting/Theme>

namespace sluicegate::common {

namespace {

/// Loading every definition KSyntaxHighlighting ships takes a while, so one repository serves all panes.
KSyntaxHighlighting::Repository& repository()
{
    static KSyntaxHighlighting::Repository repository;
    static const bool ready = [] {
        repository.addCustomSearchPath(QStringLiteral(":/sluicegate"));
        return true;
    }();
    Q_UNUSED(ready)
    return repository;
}

KSyntaxHighlighting::Definition definition(Syntax syntax)
{
    switch (syntax) {
    case Syntax::MailLog:
        return repository().definitionForName(QStringLiteral("Sluicegate Mail Log"));
    case Syntax::MailHeader:
        return repository().definitionForName(QStringLiteral("Sluicegate Mail Header"));
    case Syntax::Plain:
        break;
    }
    return {};
}

} // namespace

void highlight(KSyntaxHighlighting::SyntaxHighlighter& highlighter, Syntax syntax, Scheme scheme)
{
    // Themes of our own: Breeze's grey, blue and violet fall below 4.5:1 on these grounds.
    highlighter.setTheme(repository().theme(
        scheme == Scheme::Dark ? QStringLiteral("Sluicegate Dark") : QStringLiteral("Sluicegate Light")));
    highlighter.setDefinition(definition(syntax));
}

bool definitionsAreValid()
{
    return definition(Syntax::MailLog).isValid() && definition(Syntax::MailHeader).isValid();
}

} // namespace sluicegate::common
