// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator wrote down and pinned, in order of time.
#include "models/report/document.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace sluicegate::report {

namespace {

using casefile::Remark;
using casefile::RemarkKind;

struct Page {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString kindName(RemarkKind kind)
{
    switch (kind) {
    case RemarkKind::Note:
        return Page::tr("Note");
    case RemarkKind::Message:
        return Page::tr("Message");
    case RemarkKind::LogLine:
        return Page::tr("Log line");
    case RemarkKind::Suspect:
        return Page::tr("Suspect");
    case RemarkKind::Header:
        return Page::tr("Header field");
    }
    return {};
}

// The operator's lines stay lines; everything else in them is as inert as foreign text.
QStringList linesOf(const std::string& words)
{
    QStringList lines;
    for (const QString& line : QString::fromStdString(words).split(u'\n'))
        lines << words::inert(line.toStdString());
    return words.empty() ? QStringList() : lines;
}

QVariantHash remarkOf(const Remark& remark, qsizetype mostLines)
{
    QVariantList lines;
    for (const base::EvidenceLine& line : remark.lines) {
        if (lines.size() < mostLines)
            lines << QVariantHash {{QStringLiteral("where"),
                                       QString(words::inert(line.file) + u':' + QString::number(line.line))},
                {QStringLiteral("text"), words::inert(line.text)}};
    }
    const QStringList words = linesOf(remark.words);
    return {{QStringLiteral("time"), words::when(remark.when())},
        {QStringLiteral("kind"), kindName(remark.kind)},
        {QStringLiteral("title"), words::inert(remark.title)},
        {QStringLiteral("by"), words::inert(remark.by)},
        {QStringLiteral("words"), QVariantList(words.begin(), words.end())},
        {QStringLiteral("lines"), lines}};
}

} // namespace

QVariantList remarksOf(Remarks remarks, qsizetype mostLines)
{
    QVariantList all;
    for (const Remark& remark : remarks)
        all << remarkOf(remark, mostLines);
    return all;
}

QJsonArray remarksJson(Remarks remarks)
{
    const auto text = [](const std::string& bytes) { return QString::fromStdString(bytes); };
    QJsonArray all;
    for (const Remark& remark : remarks) {
        QJsonArray lines;
        for (const base::EvidenceLine& line : remark.lines)
            lines << QJsonObject {{QStringLiteral("file"), text(line.file)},
                {QStringLiteral("line"), qint64(line.line)}, {QStringLiteral("text"), text(line.text)}};
        all << QJsonObject {{QStringLiteral("kind"), QString::fromLatin1(casefile::name(remark.kind))},
            {QStringLiteral("at"), text(base::iso(remark.when()))},
            {QStringLiteral("written"), text(base::iso(remark.written))},
            {QStringLiteral("title"), text(remark.title)}, {QStringLiteral("text"), text(remark.words)},
            {QStringLiteral("by"), text(remark.by)}, {QStringLiteral("evidence"), lines}};
    }
    return all;
}

} // namespace sluicegate::report
