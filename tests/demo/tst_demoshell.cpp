// SPDX-License-Identifier: GPL-3.0-or-later
// The invented server's shell does what a real one does, and keeps what was written.
#include "models/demo/incident.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;

namespace {

std::shared_ptr<demo::Incident> harbor()
{
    return *demo::Incident::load("harbor");
}

} // namespace

class DemoShellTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The same script, the same input: what comes out is what this machine's sh says.
    void speaksAsRealShellsDo_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QByteArray>("input");
        const auto row = [](const char* name, const char* script, const char* input = "") {
            QTest::newRow(name) << QByteArray(script) << QByteArray(input);
        };
        row("while", "i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done; echo end $i");
        row("until", "i=5; until [ \"$i\" -le 3 ]; do i=$((i - 1)); echo $i; done");
        row("read in a loop", "while read -r a b; do echo \"<$a|$b>\"; done", "one two three\n  x\n\nlast");
        row("read whole lines", "while IFS= read -r l; do echo \"<$l>\"; done", "  a b \n\tc\n");
        row("IFS is as before", "IFS= read -r l; read -r a b; echo \"<$l|$a|$b>\"", " x \n y z \n");
        row("set and count",
            "set -- a 'b c' d; echo $#; for x in \"$@\"; do echo \"<$x>\"; done; shift; echo \"$1\"; shift "
            "2; echo $#");
        row("grow the list", "set --; for x in 1 2 3; do set -- \"$@\" \"$x\"; done; echo \"$# $3\"");
        row("cut off ends",
            "p=/a/b.tar.gz; echo ${p##*/} ${p%/*} ${p%.*} ${p%%.*} ${p#/} \"${p#/a}\"; f=fx; echo ${f#f}");
        row("quoted pattern", "p='a*b'; echo \"${p#\"a*\"}\"; echo ${p%'*b'}");
        row("default", "echo ${nothing:-\"a b\"} ${HOME:+set}");
        row("substitution",
            "x=$(echo a; echo b); echo \"$x\"; echo $x; echo \"$(printf '%s' \"in $(echo deep)\")\"");
        row("its exit status", "x=$(false); echo $?; if y=$(true); then echo good $y; fi");
        row("or exit", "x=$(false) || exit 7; echo never");
        row("exit ends all", "while true; do for i in 1 2; do echo $i; exit 3; done; done; echo never");
        row("exit in a subshell", "(echo in; exit 4); echo $?");
        row("exit in a pipe", "true | exit 5; echo $?");
        row("subshell keeps its own", "x=1; (x=2; cd /; echo $x); echo $x; { x=3; }; echo $x");
        row("trap", "trap 'echo bye' EXIT; echo work; exit 2");
        row("group and redirect",
            "{ echo out; echo err >&2; } 2>/dev/null; { echo gone; } >/dev/null; echo done");
        row("input of a loop", "while read -r x; do cat >/dev/null </dev/null; echo \"$x\"; done", "1\n2\n");
        row("loop from nothing", "while read -r x; do echo \"$x\"; done </dev/null; echo none", "1\n");
        row("no more bytes than asked", "read -r n; head -c \"$n\"; echo; read -r rest; echo \"rest $rest\"",
            "5\nabcdeREST\n");
        row("elif",
            "for i in 1 2 3; do if [ $i = 1 ]; then echo one; elif [ $i = 2 ]; then echo two; else echo "
            "more; fi; done");
        row("and or", "false && echo a || echo b; true || echo c; ! false && echo d");
        row("own of a command", "X=1; X=2 sh -c 'true'; echo $X");
        row("numbers",
            "[ 2 -gt 1 ] && [ 1 -ge 1 ] && [ 1 -ne 2 ] && [ 3 -le 3 ] && [ 3 -eq 3 ] && echo all; [ a != b ] "
            "&& echo odd");
        row("tr", "echo a,b,c | tr , ' '; printf 'x\\ny\\n' | tr -d '\\n' | wc -c");
        row("script of scripts", "sh -c 'echo \"$1 $2 $#\"' sh a 'b c'; sh -c 'exit 6'; echo $?");
        row("quotes inside quotes", "x='a b'; echo \"$(echo \"$x\" | tr a \"c\")\"");
        row("hash in a word", "echo a#b # not this");
        row("arithmetic", "a=4; echo $((a+3-2)) \"$(( 10 - a ))\" $((2+$a))");
    }

    void speaksAsRealShellsDo()
    {
        QFETCH(QByteArray, script);
        QFETCH(QByteArray, input);
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QString::fromUtf8(script)});
        shell.write(input);
        shell.closeWriteChannel();
        QVERIFY(shell.waitForFinished());
        const auto reply = harbor()->answer(script.toStdString(), input.toStdString());
        QCOMPARE(QByteArray::fromStdString(reply.out), shell.readAllStandardOutput());
        QCOMPARE(reply.exitStatus, shell.exitCode());
    }

    void knowsWhenInputIsWanted()
    {
        const auto server = harbor();
        QVERIFY(server->wantsInput("while IFS= read -r x; do echo $x; done"));
        QVERIFY(server->wantsInput("d=$(mktemp -d) || exit 75; { cat; }"));
        QVERIFY(!server->wantsInput("while read -r x; do echo $x; done </dev/null"));
        QVERIFY(!server->wantsInput("echo a | while read -r x; do echo $x; done"));
        QVERIFY(!server->wantsInput("for i in $(cat); do rm -rf /; done"));
        QVERIFY(!server->answer("ls -d /etc", {}).out.empty()); // looking runs nothing
    }

    void keepsWhatIsWritten()
    {
        const auto server = harbor();
        const auto out
            = [&](const char* script) { return QByteArray::fromStdString(server->answer(script, {}).out); };
        QCOMPARE(out("mkdir -p /root/a/b; cd /root/a; echo one >b/f; echo two >>b/f; cat ./b/f"),
            QByteArray("one\ntwo\n"));
        QCOMPARE(out("cat /root/a/b/f; pwd -P; cd -P -- /root/a && pwd -P"),
            QByteArray("one\ntwo\n/root\n/root/a\n"));
        QCOMPARE(out("chmod 640 /root/a/b/f; stat -c '%a %U' /root/a/b/f"), QByteArray("640 root\n"));
        QCOMPARE(out("mv -T /root/a/b/f /root/g; [ -e /root/a/b/f ]; echo $?; rmdir /root/a/b; ls /root/a"),
            QByteArray("1\n"));
        QCOMPARE(out("rm -rf /root/a; [ -e /root/a ] || echo gone"), QByteArray("gone\n"));
        QCOMPARE(out("runuser -u nordkai -- sh -c 'echo x >$1' sh /root/n; stat -c %U /root/n"),
            QByteArray("nordkai\n"));
        QCOMPARE(server->answer("echo x >/no/such/folder", {}).exitStatus, 2);
        QCOMPARE(server->answer("cat </no/such", {}).exitStatus, 2);
    }

    void endsWhateverIsAsked_data()
    {
        QTest::addColumn<QByteArray>("script");
        QByteArray deep;
        for (int i = 0; i < 3000; ++i)
            deep += "$(echo ";
        QTest::newRow("for ever") << QByteArray("while true; do :; done");
        QTest::newRow("ever more") << QByteArray("x=aaaaaaaaaaaaaaaa; while x=$x$x; do :; done");
        QTest::newRow("deep substitution") << QByteArray("x=" + deep);
        QTest::newRow("deep braces") << QByteArray("echo " + QByteArray("${a:-").repeated(3000));
        QTest::newRow("deep groups") << QByteArray("{ ").repeated(3000);
        QTest::newRow("deep elif") << "if false; then :; " + QByteArray("elif false; then :; ").repeated(3000)
                + "fi";
        QTest::newRow("shells in shells") << QByteArray("sh -c 'sh -c \"sh -c sh\"'");
        QTest::newRow("open quote") << QByteArray("echo \"$(echo 'a)\"");
        QTest::newRow("fills the disk") << QByteArray(
            "head -c 900000 /var/log/maillog >/a; while true; do cat /a /a /a >>/b || exit 1; done");
    }

    void endsWhateverIsAsked()
    {
        QFETCH(QByteArray, script);
        QVERIFY(harbor()->answer(script.toStdString(), {}).exitStatus != 0);
    }
};

QTEST_GUILESS_MAIN(DemoShellTest)
#include "tst_demoshell.moc"
