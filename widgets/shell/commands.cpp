// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/commands.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

#include <algorithm>

namespace sluicegate::shell {

namespace {

QString plain(QString text)
{
    // "&&" is an ampersand, "&" before a letter its mnemonic.
    const QString ampersand = QStringLiteral("\x01");
    return text.replace(QStringLiteral("&&"), ampersand).remove(u'&').replace(ampersand, QStringLiteral("&"));
}

void collect(const QMenu& menu, const QString& place, Which which, QList<Command>& commands)
{
    for (QAction* action : menu.actions()) {
        if (action->isSeparator() || !action->isVisible())
            continue;
        if (which == Which::Enabled && !action->isEnabled())
            continue;
        const QString text = plain(action->text());
        if (const QMenu* below = action->menu()) {
            collect(*below, text, which, commands);
            continue;
        }
        commands.append(
            {.text = text, .place = place, .keys = action->shortcut(), .run = [action = QPointer(action)] {
                 if (action)
                     action->trigger();
             }});
    }
}

bool startsWord(const QString& text, qsizetype at)
{
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

} // namespace

QList<Command> commandsOf(const QMenuBar& menus, Which which)
{
    QList<Command> commands;
    for (const QAction* action : menus.actions()) {
        if (const QMenu* menu = action->menu())
            collect(*menu, plain(action->text()), which, commands);
    }
    return commands;
}

std::optional<int> match(const QString& text, const QString& typed)
{
    constexpr int neighbour = 3, wordStart = 2;
    const QString folded = text.toCaseFolded();
    int score = 0;
    qsizetype next = 0;
    for (const QChar sign : typed.toCaseFolded()) {
        if (sign.isSpace())
            continue;
        const qsizetype at = folded.indexOf(sign, next);
        if (at < 0)
            return std::nullopt;
        score += 1 + (at == next && next > 0 ? neighbour : 0) + (startsWord(folded, at) ? wordStart : 0);
        next = at + 1;
    }
    const bool whole = folded.contains(typed.trimmed().toCaseFolded());
    return score + (whole ? int(typed.size()) * neighbour : 0);
}

QList<Command> matching(const QList<Command>& commands, const QString& typed)
{
    QList<std::pair<int, const Command*>> found;
    for (const Command& command : commands) {
        if (const std::optional<int> score = match(command.text, typed))
            found.append({*score, &command});
    }
    std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<int, const Command*>::first);
    QList<Command> sorted;
    for (const auto& [score, command] : found)
        sorted.append(*command);
    return sorted;
}

} // namespace sluicegate::shell
