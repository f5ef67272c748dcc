// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rooms/law.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace sluicegate;
namespace fs = std::filesystem;

namespace {

constexpr char spdx[] = "// SPDX-License-Identifier: GPL-3.0-or-later\n";

// A small made-up house that keeps the law; tests break it in one place each.
class House {
public:
    House()
    {
        write("models/README.md",
            "| room | may use | what it is |\n|---|---|---|\n| base | | ground |\n| notice | base | intake "
            "|\n"
            "| ssh | base | libssh |\n| print | base | pdf |\n");
        write("models/base/failure.h", std::string(spdx));
        write("models/notice/notice.h",
            std::string(spdx) + "#include \"models/base/failure.h\"\n#include <string>\n");
        write("models/notice/CMakeLists.txt", "sg_room(notice SOURCES notice.cpp MAY_USE base)\n");
        write(
            "models/ssh/session.cpp", std::string(spdx) + "#include <libssh/libssh.h>\n#include <QString>\n");
        write("models/print/pdf.cpp", std::string(spdx) + "#include <QPdfWriter>\n");
        write("widgets/shell/window.cpp",
            std::string(spdx) + "#include \"widgets/intake/screen.h\"\n#include <QWidget>\n");
        write("widgets/intake/screen.h", std::string(spdx) + "#include \"widgets/common/theme.h\"\n");
        write("widgets/common/theme.h", std::string(spdx) + "#include <KSyntaxHighlighting/Theme>\n");
        write("app/main.cpp",
            std::string(spdx) + "#include \"widgets/shell/window.h\"\n#include \"main.moc\"\n");
    }

    void write(const fs::path& file, const std::string& text) const
    {
        fs::create_directories((root() / file).parent_path());
        std::ofstream(root() / file) << text;
    }

    fs::path root() const { return m_folder.path().toStdString(); }

private:
    QTemporaryDir m_folder;
};

rooms::QtHeaders headers()
{
    return rooms::qtHeaders(QT_GUI_HEADERS, QT_WIDGETS_HEADERS);
}

QByteArray joined(const std::vector<std::string>& lines)
{
    QByteArray all;
    for (const std::string& line : lines)
        all += QByteArray::fromStdString(line) + '\n';
    return all;
}

} // namespace

class RoomsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void thisHouseKeepsTheLaw() { QCOMPARE(joined(rooms::breaches(HOUSE, headers())), QByteArray()); }

    void aLawfulHousePasses() { QCOMPARE(joined(rooms::breaches(House().root(), headers())), QByteArray()); }

    void findsEachKindOfBreach_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("breach");
        const auto row = [](const char* name, const char* file, const char* text, const char* breach,
                             bool withSpdx = true) {
            QTest::newRow(name) << QByteArray(file) << (withSpdx ? spdx + QByteArray(text) : QByteArray(text))
                                << QByteArray(breach);
        };
        row("room not allowed", "models/notice/a.cpp", "#include \"models/ssh/server.h\"\n",
            "models/notice/a.cpp: models/ssh/server.h: room notice may not use ssh\n");
        row("models know widgets", "models/ssh/a.cpp", "#include \"widgets/common/theme.h\"\n",
            "models/ssh/a.cpp: widgets/common/theme.h: models may not know widgets\n");
        row("models know app", "models/ssh/a.cpp", "#include \"app/settings.h\"\n",
            "models/ssh/a.cpp: app/settings.h: models may not know app\n");
        row("widgets know app", "widgets/intake/a.cpp", "#include \"app/settings.h\"\n",
            "widgets/intake/a.cpp: app/settings.h: widgets may not know app\n");
        row("screen includes screen", "widgets/report/a.cpp", "#include \"widgets/intake/screen.h\"\n",
            "widgets/report/a.cpp: widgets/intake/screen.h: screen report may not include screen intake\n");
        row("common includes a screen", "widgets/common/a.cpp", "#include \"widgets/intake/screen.h\"\n",
            "widgets/common/a.cpp: widgets/intake/screen.h: screen common may not include screen intake\n");
        row("code reaches into tests", "app/a.cpp", "#include \"tests/support/golden.h\"\n",
            "app/a.cpp: tests/support/golden.h: reaches into tests\n");
        row("include not from the root", "models/notice/a.cpp", "#include \"notice.h\"\n",
            "models/notice/a.cpp: notice.h: is not written from the root\n");
        row("libssh outside ssh", "models/base/a.cpp", "#include <libssh/libssh.h>\n",
            "models/base/a.cpp: libssh/libssh.h: libssh lives in models/ssh alone\n");
        row("libssh in a screen", "widgets/intake/a.cpp", "#include <libssh/libssh.h>\n",
            "widgets/intake/a.cpp: libssh/libssh.h: libssh lives in models/ssh alone\n");
        row("highlighting outside common", "widgets/intake/a.cpp", "#include <KSyntaxHighlighting/Theme>\n",
            "widgets/intake/a.cpp: KSyntaxHighlighting/Theme: KSyntaxHighlighting lives in widgets/common "
            "alone\n");
        row("colour in a room", "models/ssh/a.cpp", "#include <QColor>\n",
            "models/ssh/a.cpp: QColor: QtGui lives in models/print alone\n");
        row("widget in a room", "models/print/a.cpp", "#include <QLabel>\n",
            "models/print/a.cpp: QLabel: no room may use QtWidgets\n");
        row("Qt in a parser", "models/notice/a.cpp", "#include <QString>\n",
            "models/notice/a.cpp: QString: room notice is free of Qt\n");
        row("no SPDX line", "models/ssh/a.cpp", "#include <string>\n",
            "models/ssh/a.cpp: does not begin with the SPDX line\n", false);
        row("folder without a row", "models/attic/a.cpp", "", "models/attic: a folder without a row\n");
        row("link against the law", "models/notice/CMakeLists.txt",
            "sg_room(notice\n    MAY_USE base ssh\n    LINKS x)\n",
            "models/notice/CMakeLists.txt: links ssh, which the law does not allow\n", false);
        row("row without a folder", "models/README.md",
            "| room | may use | |\n|---|---|---|\n| base | | |\n| notice | base | |\n"
            "| ssh | base | |\n| print | base | |\n| cellar | | |\n",
            "models/README.md: row cellar without a folder\n", false);
        row("row uses what is below", "models/README.md",
            "| room | may use | |\n|---|---|---|\n| base | print | |\n| notice | base | |\n"
            "| ssh | base | |\n| print | base | |\n",
            "models/README.md: row base may use print, which is not above it\n", false);
        row("no table", "models/README.md", "nothing here\n", "models/README.md: holds no table of rooms\n",
            false);
        QTest::newRow("source too long")
            << QByteArray("models/ssh/a.cpp") << spdx + QByteArray("\n").repeated(500)
            << QByteArray("models/ssh/a.cpp: 501 lines, more than 500\n");
        QTest::newRow("header too long")
            << QByteArray("models/ssh/a.h") << spdx + QByteArray("\n").repeated(200)
            << QByteArray("models/ssh/a.h: 201 lines, more than 200\n");
    }

    void findsEachKindOfBreach()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, breach);
        const House house;
        house.write(file.toStdString(), text.toStdString());
        QCOMPARE(joined(rooms::breaches(house.root(), headers())), breach);
    }
};

QTEST_GUILESS_MAIN(RoomsTest)
#include "tst_rooms.moc"
