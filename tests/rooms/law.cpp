// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/rooms/law.h"

#include <algorithm>
#include <array>
#include <format>
#include <fstream>
#include <map>
#include <optional>
#include <ranges>
#include <sstream>
#include <string_view>

namespace sluicegate::rooms {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

namespace {

using Row = std::set<std::string>;

struct Law {
    std::vector<std::string> order;
    std::map<std::string, Row> mayUse;
};

struct File {
    std::string path; // from the root, with /
    std::vector<std::string> lines;
};

struct Include {
    std::string name;
    bool quoted = false;
};

// Rooms whose files must run without Qt, at full speed and under a fuzzer.
constexpr std::array qtFreeRooms
    = {"message"sv, "notice"sv, "maillog"sv, "queue"sv, "hosting"sv, "attribution"sv};

std::string trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t");
    if (from == text.npos)
        return {};
    return std::string(text.substr(from, text.find_last_not_of(" \t") - from + 1));
}

std::vector<std::string> split(std::string_view text, char at)
{
    std::vector<std::string> parts;
    for (const auto part : std::views::split(text, at))
        parts.push_back(trimmed(std::string_view(part)));
    return parts;
}

std::vector<std::string> linesOf(const fs::path& file)
{
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

// "| room | may use | what it is |" rows behind the table's heading.
Law readLaw(const fs::path& readme)
{
    Law law;
    bool inTable = false;
    for (const std::string& line : linesOf(readme)) {
        const auto cells = split(line, '|');
        if (cells.size() < 4) {
            inTable = false;
        } else if (cells[1] == "room") {
            inTable = true;
        } else if (inTable && !cells[1].starts_with("-")) {
            law.order.push_back(cells[1]);
            for (const std::string& room : split(cells[2], ','))
                if (!room.empty())
                    law.mayUse[cells[1]].insert(room);
        }
    }
    return law;
}

std::vector<File> sources(const fs::path& root)
{
    std::vector<File> files;
    for (const char* wing : {"models", "widgets", "app", "tests"}) {
        if (!fs::is_directory(root / wing))
            continue;
        for (const auto& entry : fs::recursive_directory_iterator(root / wing)) {
            const auto ending = entry.path().extension();
            if (entry.is_regular_file() && (ending == ".h" || ending == ".cpp"))
                files.push_back({fs::relative(entry.path(), root).generic_string(), linesOf(entry.path())});
        }
    }
    std::ranges::sort(files, {}, &File::path);
    return files;
}

std::optional<Include> includeOf(const std::string& line)
{
    const std::string text = trimmed(line);
    if (!text.starts_with("#include"))
        return {};
    const auto from = text.find_first_of("<\"", 8);
    if (from == text.npos)
        return {};
    const auto to = text.find_first_of(">\"", from + 1);
    return Include {text.substr(from + 1, to - from - 1), text[from] == '"'};
}

// "models/queue/entry.h" -> {"models", "queue"}; a file directly in a wing has no room.
std::pair<std::string, std::string> placeOf(std::string_view path)
{
    const auto parts = split(path, '/');
    return {parts[0], parts.size() > 2 ? parts[1] : std::string()};
}

// What a file of a wing may not include from the house; empty when it may.
std::string houseBreach(const Law& law, const std::string& file, const std::string& included)
{
    const auto [wing, room] = placeOf(file);
    const auto [otherWing, other] = placeOf(included);
    if (otherWing != "models" && otherWing != "widgets" && otherWing != "app" && otherWing != "tests")
        return "is not written from the root";
    if (wing == "tests")
        return {};
    if (otherWing == "tests")
        return "reaches into tests";
    if (wing == "models" && otherWing != "models")
        return "models may not know " + otherWing;
    if (wing == "widgets" && otherWing == "app")
        return "widgets may not know app";
    if (wing == "models" && room != other
        && !(law.mayUse.contains(room) && law.mayUse.at(room).contains(other)))
        return std::format("room {} may not use {}", room, other);
    if (wing == "widgets" && otherWing == "widgets" && room != "shell" && other != room && other != "common")
        return std::format("screen {} may not include screen {}", room, other);
    return {};
}

std::string libraryBreach(const QtHeaders& qt, const std::string& file, const std::string& name)
{
    const auto [wing, room] = placeOf(file);
    if (wing == "tests" || wing == "app")
        return {};
    if (name.starts_with("libssh/") && !(wing == "models" && room == "ssh"))
        return "libssh lives in models/ssh alone";
    if (name.starts_with("KSyntaxHighlighting") && !(wing == "widgets" && room == "common"))
        return "KSyntaxHighlighting lives in widgets/common alone";
    if (wing != "models")
        return {};
    const auto bare = name.substr(name.find('/') == name.npos ? 0 : name.find('/') + 1);
    if (qt.widgets.contains(bare) || name.starts_with("QtWidgets"))
        return "no room may use QtWidgets";
    if (room != "print" && (qt.gui.contains(bare) || name.starts_with("QtGui")))
        return "QtGui lives in models/print alone";
    if (std::ranges::contains(qtFreeRooms, std::string_view(room)) && name.size() > 1 && name[0] == 'Q'
        && name[1] < 'a')
        return std::format("room {} is free of Qt", room);
    return {};
}

void checkFile(const Law& law, const QtHeaders& qt, const File& file, std::vector<std::string>& found)
{
    const std::size_t limit = file.path.ends_with(".h") ? 200 : 500;
    if (file.lines.size() > limit)
        found.push_back(std::format("{}: {} lines, more than {}", file.path, file.lines.size(), limit));
    if (file.lines.empty() || file.lines[0] != "// SPDX-License-Identifier: GPL-3.0-or-later")
        found.push_back(file.path + ": does not begin with the SPDX line");
    for (const std::string& line : file.lines) {
        const auto include = includeOf(line);
        // Made by the build: moc's code, and tables turned from data.
        if (!include || include->name.ends_with(".moc") || include->name.ends_with(".inc"))
            continue;
        const std::string breach = include->quoted ? houseBreach(law, file.path, include->name)
                                                   : libraryBreach(qt, file.path, include->name);
        if (!breach.empty())
            found.push_back(std::format("{}: {}: {}", file.path, include->name, breach));
    }
}

void checkTable(const fs::path& root, const Law& law, std::vector<std::string>& found)
{
    std::set<std::string> above;
    for (const std::string& room : law.order) {
        const auto row = law.mayUse.find(room);
        for (const std::string& used : row == law.mayUse.end() ? Row() : row->second)
            if (!above.contains(used))
                found.push_back(
                    std::format("models/README.md: row {} may use {}, which is not above it", room, used));
        if (!above.insert(room).second)
            found.push_back(std::format("models/README.md: two rows for {}", room));
        if (!fs::is_directory(root / "models" / room))
            found.push_back(std::format("models/README.md: row {} without a folder", room));
    }
    for (const auto& entry : fs::directory_iterator(root / "models"))
        if (entry.is_directory() && !above.contains(entry.path().filename().string()))
            found.push_back(
                std::format("models/{}: a folder without a row", entry.path().filename().string()));
}

// The words of sg_room(...)'s MAY_USE in a room's CMakeLists.txt.
Row linkedRooms(const fs::path& cmake)
{
    Row rooms;
    bool inside = false;
    for (const std::string& line : linesOf(cmake)) {
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            const bool ends = word.ends_with(")");
            if (ends)
                word.pop_back();
            if (word == "MAY_USE")
                inside = true;
            else if (word == "SOURCES" || word == "LINKS" || word == "SHOWS")
                inside = false;
            else if (inside && !word.empty())
                rooms.insert(word);
            inside = inside && !ends;
        }
    }
    return rooms;
}

void checkLinks(const fs::path& root, const Law& law, std::vector<std::string>& found)
{
    for (const std::string& room : law.order) {
        const fs::path cmake = root / "models" / room / "CMakeLists.txt";
        const auto row = law.mayUse.find(room);
        for (const std::string& linked : linkedRooms(cmake))
            if (row == law.mayUse.end() || !row->second.contains(linked))
                found.push_back(std::format(
                    "models/{}/CMakeLists.txt: links {}, which the law does not allow", room, linked));
    }
}

} // namespace

std::vector<std::string> breaches(const fs::path& root, const QtHeaders& qt)
{
    std::vector<std::string> found;
    const Law law = readLaw(root / "models" / "README.md");
    if (law.order.empty())
        return {"models/README.md: holds no table of rooms"};
    checkTable(root, law, found);
    checkLinks(root, law, found);
    for (const File& file : sources(root))
        checkFile(law, qt, file, found);
    return found;
}

QtHeaders qtHeaders(const fs::path& guiFolder, const fs::path& widgetsFolder)
{
    const auto names = [](const fs::path& folder) {
        std::set<std::string> all;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.is_regular_file())
                all.insert(entry.path().filename().string());
        return all;
    };
    return {names(guiFolder), names(widgetsFolder)};
}

} // namespace sluicegate::rooms
