// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message/rowmenu.h"

#include "models/words/words.h"
#include "widgets/common/chip.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>

namespace sluicegate::messagescreen {

using items::MessageTable;

namespace {

QString logLines(const items::Messages& messages, std::uint32_t journey)
{
    QStringList lines;
    for (const maillog::LineRef ref : messages.journey(journey).lines())
        lines += words::inert(messages.analysis->log->lineText(ref));
    return lines.join(u'\n');
}

QString json(const MessageTable& model, int row)
{
    QJsonObject object;
    for (int column = 0; column < MessageTable::ColumnCount; ++column)
        object.insert(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
            model.index(row, column).data().toString());
    return QString::fromUtf8(QJsonDocument(object).toJson());
}

/// For a shell on the server; the id comes from a log, so it is quoted.
QString grep(std::string_view queueId, std::string_view file)
{
    const auto quoted = [](std::string_view text) {
        return u'\'' + words::inert(text).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
    };
    return QStringLiteral("grep -F -- ") + quoted(queueId) + u' ' + quoted(file);
}

} // namespace

RowMenu::RowMenu(const MessageTable& model, const QModelIndex& cell)
{
    const items::Messages& messages = *model.messages();
    const std::uint32_t index = *model.journeyAt(cell.row());
    const maillog::Journey journey = messages.journey(index);
    if (std::optional<items::Term> term = model.termAt(cell)) {
        addFilter(tr("&Filter by %1"), term);
        term->inverted = true;
        addFilter(tr("&Exclude %1"), term);
        addSeparator();
    }
    addFilter(tr("All from this &account"), model.termAt(model.index(cell.row(), MessageTable::Account)));
    addFilter(tr("All from this &client"), model.termAt(model.index(cell.row(), MessageTable::Client)));
    addFilter(
        tr("&Five minutes before and after"), model.termAt(model.index(cell.row(), MessageTable::Time)));
    addSeparator();
    connect(addAction(tr("&Pin for the report")), &QAction::triggered, this, &RowMenu::pinWanted);
    addSeparator();
    addCopy(tr("Copy the &value"), cell.data().toString());
    addCopy(tr("Copy its log &lines"), logLines(messages, index));
    addCopy(tr("Copy as &JSON"), json(model, cell.row()));
    const std::vector<maillog::LineRef> lines = journey.lines();
    if (!lines.empty())
        addCopy(tr("Copy as &grep"),
            grep(journey.queueId(), messages.analysis->log->evidence(lines.front()).file));
}

void RowMenu::addFilter(const QString& text, std::optional<items::Term> term)
{
    if (!term)
        return;
    const QString label = text.contains(u"%1")
        ? text.arg(common::termText({term->field, term->value, false, term->from, term->until}))
        : text;
    connect(addAction(label), &QAction::triggered, this, [this, term] { Q_EMIT filterWanted(*term); });
}

void RowMenu::addCopy(const QString& text, const QString& what)
{
    connect(
        addAction(text), &QAction::triggered, this, [what] { QGuiApplication::clipboard()->setText(what); });
}

} // namespace sluicegate::messagescreen
