// SPDX-License-Identifier: GPL-3.0-or-later
// Hostile arguments and awkward scripts through every login shell: byte for byte, and nothing else happens.
#include "models/ssh/quote.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate::ssh;

namespace {

std::string everyByte()
{
    std::string all;
    for (int byte = 1; byte < 256; ++byte)
        all += static_cast<char>(byte);
    return all;
}

// Each would make a file called "injected" if a shell took it for code.
const std::vector<std::string> hostileNames = {
    "",
    " ",
    "plain-name.log",
    "/var/log/mail log",
    "-n",
    "--help",
    "-e touch injected",
    "'",
    "''",
    "\"",
    "it's",
    "'; touch injected; '",
    "\\'; touch injected; #",
    "\\\\'; touch injected; #",
    "\"; touch injected; \"",
    "$(touch injected)",
    "`touch injected`",
    "${HOME}",
    "$1",
    "$0 $* $@ $#",
    "%s%n%d%%",
    "!!",
    "!touch",
    "a!b",
    "\\",
    "\\\\",
    "\\n",
    "\\0101",
    "\\c tail",
    "\n",
    "a\nb",
    "tail\n",
    "tail\n\n\n",
    "\ntouch injected\n",
    "a;touch injected",
    "a|touch injected",
    "a&touch injected&",
    "a>injected",
    "*?[a-z]{a,b}",
    "~root",
    "#comment",
    "a\tb\rc\x1b[31m\x07\x7f",
    "\xc3\xa4\xe2\x82\xac\xf0\x9f\x93\xa7",
    "\xff\xfe\x81\x82\x88\x80 broken UTF-8",
    "\xe2\x80\xae"
    "gol.evil",
    "; set -- x",
    "x\"); touch injected; : $(: \"",
    "')\"; touch injected; #",
    everyByte(),
    std::string(4096, 'x') + "' ; touch injected",
};

const std::vector<std::string> awkwardScripts = {
    "printf %s done",
    "printf %s 'single quotes'",
    "if true; then\n  printf %s 'two lines'\nfi\n",
    "printf %s \"a!b\" # a comment\n",
    "printf '%s\\n' x | tr -d '\\n' | sed 's/x/it'\"'\"'s/'",
    "set -- \"$@\" x; printf %s \"$1\"",
    "t=$(printf %b \"ax\"); set -- \"$@\" \"${t%x}\"; printf %s \"$1\"",
    "eval \"$(printf %b \"printf %s ok\")\"",
    "awk 'BEGIN { print \"!\\\\\" }' < /dev/null",
    "cat <<'END'\n$HOME `x` \\\nEND\n",
};

const char* const shells[] = {"bash", "dash", "tcsh", "fish", "rbash"};

struct Ran {
    QByteArray out;
    QByteArray err;
    QStringList made;
};

Ran runIn(const QString& shell, const std::string& command)
{
    const QTemporaryDir folder;
    QProcess process;
    process.setWorkingDirectory(folder.path());
    process.start(shell, {QStringLiteral("-c"), QString::fromStdString(command)});
    if (!process.waitForFinished(20'000))
        return {.out = "did not end", .err = {}, .made = {}};
    return {.out = process.readAllStandardOutput(),
        .err = process.readAllStandardError(),
        .made = QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)};
}

} // namespace

class QuoteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void argumentsArriveByteForByte_data()
    {
        QTest::addColumn<QString>("shell");
        for (const char* shell : shells)
            QTest::newRow(shell) << QString::fromLatin1(shell);
    }

    void argumentsArriveByteForByte()
    {
        QFETCH(QString, shell);
        if (QStandardPaths::findExecutable(shell).isEmpty())
            QSKIP("this shell is not installed");
        for (const auto& name : hostileNames) {
            const auto ran = runIn(shell, wrap("printf %s \"$2\"; test $# = 3", {"first", name, "last"}));
            QCOMPARE(ran.out, QByteArray::fromStdString(name));
            QCOMPARE(ran.err, QByteArray());
            QCOMPARE(ran.made, QStringList());
        }
    }

    void scriptsArriveByteForByte_data() { argumentsArriveByteForByte_data(); }

    void scriptsArriveByteForByte()
    {
        QFETCH(QString, shell);
        if (QStandardPaths::findExecutable(shell).isEmpty())
            QSKIP("this shell is not installed");
        for (const auto& script : awkwardScripts) {
            QProcess direct;
            direct.start(QStringLiteral("sh"),
                {QStringLiteral("-c"), QString::fromStdString(script), QStringLiteral("sh"),
                    QStringLiteral("one")});
            QVERIFY(direct.waitForFinished());
            const auto ran = runIn(shell, wrap(script, {"one"}));
            QCOMPARE(ran.out, direct.readAllStandardOutput());
            QVERIFY2(!ran.out.isEmpty(), script.c_str());
            QCOMPARE(ran.err, QByteArray());
        }
    }

    void runsWithAPlainLocaleAndTheSystemFolders()
    {
        const auto ran = runIn(QStringLiteral("bash"), wrap("echo $LC_ALL; echo $PATH; echo $#", {}));
        QVERIFY(ran.out.startsWith("C\n"));
        QVERIFY(ran.out.contains("/usr/sbin"));
        QVERIFY(ran.out.endsWith("\n0\n"));
    }

    void ordinaryNamesStayReadable()
    {
        const auto command = wrap("cat -- \"$1\"", {"/var/log/maillog.processed.1.gz"});
        QVERIFY(command.contains(" /var/log/maillog.processed.1.gz;"));
        QVERIFY(command.ends_with("cat -- \"$1\"'"));
    }

    void unwrapGivesBackWhatWasWrapped()
    {
        for (const auto& script : awkwardScripts) {
            for (const auto& name : hostileNames) {
                const auto wrapped = unwrap(wrap(script, {name, "plain", name}));
                QVERIFY(wrapped.has_value());
                QCOMPARE(wrapped->script, script);
                QCOMPARE(wrapped->arguments, (std::vector<std::string> {name, "plain", name}));
            }
            const auto none = unwrap(wrap(script, {}));
            QVERIFY(none.has_value() && none->script == script && none->arguments.empty());
        }
        QCOMPARE(unwrap(wrap("x", hostileNames)).value().arguments, hostileNames);
    }

    void refusesWhatItDidNotMake()
    {
        const auto good = wrap("id", {"a b\n"});
        QVERIFY(unwrap(good).has_value());
        for (const std::string& bad : {std::string("uname -a"), std::string(), good + " ", " " + good,
                 good.substr(0, good.size() - 1), good + good, std::string("sh -c 'id'")})
            QVERIFY2(!unwrap(bad).has_value(), bad.c_str());
        auto changed = good;
        changed.replace(changed.find("\\0012"), 5, "\\0999");
        QVERIFY(!unwrap(changed).has_value());
    }
};

QTEST_GUILESS_MAIN(QuoteTest)
#include "tst_quote.moc"
