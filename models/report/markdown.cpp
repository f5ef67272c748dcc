// SPDX-License-Identifier: GPL-3.0-or-later
// The Analysis for a ticket: Markdown in which foreign text can neither link, mention nor embed.
#include "models/report/document.h"
#include "models/report/report.h"

namespace sluicegate::report {

namespace {

QString escaped(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        if (QStringView(u"\\`*_{}[]<>()#+|!~&@").contains(c))
            out += u'\\';
        out += c;
        // A bare address would become a link.
        if (c == u':' && (out.endsWith(u"http:") || out.endsWith(u"https:")))
            out.insert(out.size() - 1, u'\\');
    }
    return out;
}

// Foreign text as code; the fence is longer than any run of backticks inside (CommonMark 6.1).
QString code(const QString& text)
{
    qsizetype longest = 0;
    qsizetype run = 0;
    for (const QChar c : text) {
        run = c == u'`' ? run + 1 : 0;
        longest = qMax(longest, run);
    }
    const QString fence(longest + 1, u'`');
    const QString pad = longest > 0 ? QStringLiteral(" ") : QString();
    return fence + pad + text + pad + fence;
}

QString heading(const QVariantHash& say, const char* name)
{
    return QStringLiteral("\n## ") + escaped(say.value(QString::fromLatin1(name)).toString())
        + QStringLiteral("\n\n");
}

QString bullets(const QStringList& texts)
{
    QString out;
    for (const QString& text : texts)
        out += QStringLiteral("- ") + escaped(text) + u'\n';
    return out;
}

QString codes(const QVariantHash& bounded)
{
    QString out;
    for (const QVariant& each : bounded.value(QStringLiteral("list")).toList())
        out += QStringLiteral("- ") + code(each.toString()) + u'\n';
    const QString more = bounded.value(QStringLiteral("more")).toString();
    return more.isEmpty() ? out : out + QStringLiteral("- ") + escaped(more) + u'\n';
}

QString cluesText(const QVariantList& clues)
{
    QString out;
    for (const QVariant& each : clues) {
        const QVariantHash clue = each.toHash();
        out += QStringLiteral("- (%1) %2\n")
                   .arg(clue.value(QStringLiteral("weight")).toString(),
                       escaped(clue.value(QStringLiteral("text")).toString()));
        const QVariantList lines
            = clue.value(QStringLiteral("evidence")).toHash().value(QStringLiteral("list")).toList();
        for (const QVariant& line : lines)
            out += QStringLiteral("  - ")
                + code(line.toHash().value(QStringLiteral("where")).toString() + u' '
                    + line.toHash().value(QStringLiteral("text")).toString())
                + u'\n';
    }
    return out;
}

QString suspectText(const QVariantHash& suspect, const QVariantHash& say)
{
    const auto at = [&suspect](const char* name) {
        return escaped(suspect.value(QString::fromLatin1(name)).toString());
    };
    const auto label
        = [&say](const char* name) { return escaped(say.value(QString::fromLatin1(name)).toString()); };
    QString out = QStringLiteral("### %1\\. %2\n\n**%3**, %4: %5")
                      .arg(at("rank"), at("source"), at("cause"), at("confidence"), at("counts"));
    if (!at("first").isEmpty())
        out += QStringLiteral(" (%1 \u2013 %2)").arg(at("first"), at("last"));
    out += QStringLiteral("\n\n%1:\n\n%2")
               .arg(label("for"), cluesText(suspect.value(QStringLiteral("for")).toList()));
    const QVariantList against = suspect.value(QStringLiteral("against")).toList();
    return out
        + QStringLiteral("\n%1:\n\n%2\n")
              .arg(label("against"),
                  against.isEmpty() ? QStringLiteral("- ") + label("noneAgainst") + u'\n'
                                    : cluesText(against));
}

QString noticeText(const QVariantHash& notice)
{
    QString out;
    for (const QVariant& each : notice.value(QStringLiteral("rows")).toList()) {
        const QVariantHash row = each.toHash();
        out += QStringLiteral("- %1: %2\n")
                   .arg(escaped(row.value(QStringLiteral("label")).toString()),
                       code(row.value(QStringLiteral("value")).toString()));
    }
    const QVariantHash ids = notice.value(QStringLiteral("ids")).toHash();
    for (const QVariant& each : ids.value(QStringLiteral("list")).toList()) {
        const QVariantHash id = each.toHash();
        out += QStringLiteral("- %1 (%2)\n")
                   .arg(code(id.value(QStringLiteral("id")).toString()),
                       escaped(id.value(QStringLiteral("state")).toString()));
    }
    const QString more = ids.value(QStringLiteral("more")).toString();
    return more.isEmpty() ? out : out + QStringLiteral("- ") + escaped(more) + u'\n';
}

QString queueText(const QVariant& queue, const QVariantHash& say)
{
    if (!queue.isValid())
        return escaped(say.value(QStringLiteral("noQueue")).toString()) + u'\n';
    QString out;
    for (const auto& [label, value] :
        {std::pair {"total", "total"}, {"delete", "suspectCount"}, {"keep", "keepCount"}})
        out += QStringLiteral("- %1: %2\n")
                   .arg(escaped(say.value(QString::fromLatin1(label)).toString()),
                       queue.toHash().value(QString::fromLatin1(value)).toString());
    for (const QVariant& line : queue.toHash().value(QStringLiteral("undecided")).toList())
        out += QStringLiteral("- ") + escaped(line.toString()) + u'\n';
    return out;
}

QString gateText(const QVariantHash& gate)
{
    QString out = QStringLiteral("**%1**\n\n").arg(escaped(gate.value(QStringLiteral("ready")).toString()));
    for (const QVariant& each : gate.value(QStringLiteral("rows")).toList()) {
        const QVariantHash row = each.toHash();
        const auto at
            = [&row](const char* name) { return escaped(row.value(QString::fromLatin1(name)).toString()); };
        out += QStringLiteral("- %1: **%2**. %3\n").arg(at("state"), at("name"), at("text"));
        if (!at("waived").isEmpty())
            out += QStringLiteral("  - **%1**\n").arg(at("waived"));
    }
    return out;
}

QString remarksText(const QVariantList& remarks)
{
    QString out;
    for (const QVariant& each : remarks) {
        const QVariantHash remark = each.toHash();
        const auto at
            = [&remark](const char* name) { return remark.value(QString::fromLatin1(name)).toString(); };
        out += QStringLiteral("- %1, **%2**").arg(escaped(at("time")), escaped(at("kind")));
        out += at("title").isEmpty() ? QStringLiteral("\n") : u' ' + code(at("title")) + u'\n';
        for (const QString& line : remark.value(QStringLiteral("words")).toStringList())
            out += QStringLiteral("  - ") + escaped(line) + u'\n';
        for (const QVariant& line : remark.value(QStringLiteral("lines")).toList())
            out += QStringLiteral("  - ")
                + code(line.toHash().value(QStringLiteral("where")).toString() + u' '
                    + line.toHash().value(QStringLiteral("text")).toString())
                + u'\n';
    }
    return out;
}

QString manifestText(const QVariantHash& manifest)
{
    QString out;
    for (const QVariant& each : manifest.value(QStringLiteral("list")).toList()) {
        const QVariantHash item = each.toHash();
        const QString hash = item.value(QStringLiteral("sha256")).toString();
        out += QStringLiteral("- %1, %2")
                   .arg(code(item.value(QStringLiteral("path")).toString()),
                       item.value(QStringLiteral("size")).toString());
        out += hash.isEmpty() ? QStringLiteral("\n") : QStringLiteral(", SHA-256 ") + code(hash) + u'\n';
    }
    const QString more = manifest.value(QStringLiteral("more")).toString();
    return more.isEmpty() ? out : out + QStringLiteral("- ") + escaped(more) + u'\n';
}

} // namespace

QString markdown(const triage::Analysis& analysis, const readiness::Gate* gate, Remarks remarks)
{
    const QVariantHash all = documentOf(analysis, forPaper, gate, remarks);
    const QVariantHash say = all.value(QStringLiteral("say")).toHash();
    const auto at = [&all](const char* name) { return all.value(QString::fromLatin1(name)); };
    QString out = QStringLiteral("# %1\n\n**%2**\n\n")
                      .arg(escaped(at("title").toString()), escaped(at("verdict").toString()));
    out += QStringLiteral("%1 %2\\. %3: %4\n")
               .arg(escaped(say.value(QStringLiteral("made")).toString()),
                   escaped(at("generated").toString()),
                   escaped(say.value(QStringLiteral("logRange")).toString()), escaped(at("log").toString()));
    const QVariantList suspects = at("suspects").toList();
    const QStringList steps = suspects.isEmpty()
        ? QStringList()
        : suspects.first().toHash().value(QStringLiteral("steps")).toStringList();
    if (!steps.isEmpty())
        out += heading(say, "next") + bullets(steps);
    if (!analysis.verdict.unexplained.empty())
        out += heading(say, "missing") + codes(at("unexplained").toHash()) + u'\n'
            + escaped(say.value(QStringLiteral("why")).toString()) + QStringLiteral(":\n\n")
            + bullets(at("why").toStringList());
    out += heading(say, "notice");
    out += at("notice").isValid() ? noticeText(at("notice").toHash())
                                  : escaped(say.value(QStringLiteral("noNotice")).toString()) + u'\n';
    out += heading(say, "suspects");
    for (const QVariant& suspect : suspects)
        out += suspectText(suspect.toHash(), say);
    if (suspects.isEmpty())
        out += escaped(say.value(QStringLiteral("noSuspect")).toString()) + u'\n';
    out += heading(say, "queue") + queueText(at("queue"), say);
    if (at("gate").isValid())
        out += heading(say, "gate") + gateText(at("gate").toHash());
    if (const QVariantList kept = at("remarks").toList(); !kept.isEmpty())
        out += heading(say, "remarks") + remarksText(kept);
    if (const QStringList warnings = at("warnings").toStringList(); !warnings.isEmpty())
        out += heading(say, "warnings") + bullets(warnings);
    return out + heading(say, "manifest") + manifestText(at("manifest").toHash());
}

} // namespace sluicegate::report
