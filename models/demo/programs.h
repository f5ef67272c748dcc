// SPDX-License-Identifier: GPL-3.0-or-later
// The programs of the invented server, by the file that holds them, and what they share.
#pragma once

#include "models/demo/shell.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo {

namespace programs {

// text: text.cpp, grep.cpp, sorting.cpp
int cat(Call& call);
int head(Call& call);
int tail(Call& call);
int wc(Call& call);
int zcat(Call& call);
int grep(Call& call);
int zgrep(Call& call);
int sort(Call& call);
int uniq(Call& call);
int cut(Call& call);
int tr(Call& call);
int dirname(Call& call);
int basename(Call& call);
// filework.cpp
int mkdir(Call& call);
int rmdir(Call& call);
int rm(Call& call);
int mv(Call& call);
int cp(Call& call);
int chmod(Call& call);
int chown(Call& call);
int mktemp(Call& call);
int touch(Call& call);
// website.cpp
int curl(Call& call);
int wp(Call& call);
int sed(Call& call);
// sending.cpp
int sendmail(Call& call);
int postmap(Call& call);
// files.cpp, find.cpp
int ls(Call& call);
int stat(Call& call);
int find(Call& call);
// system.cpp, words.cpp
int date(Call& call);
int hostname(Call& call);
int id(Call& call);
int whoami(Call& call);
int uname(Call& call);
int getent(Call& call);
int ss(Call& call);
int echo(Call& call);
int printf(Call& call);
int succeed(Call& call);
int failing(Call& call);
int command(Call& call);
int env(Call& call);
int xargs(Call& call);
int sh(Call& call);
int runuser(Call& call);
int exportNames(Call& call);
int test(Call& call);
// postfix.cpp, postsuper.cpp
int postqueue(Call& call);
int mailq(Call& call);
int postcat(Call& call);
int postconf(Call& call);
int postsuper(Call& call);
// plesk.cpp, dovecot.cpp
int plesk(Call& call);
int doveadm(Call& call);
int doveconf(Call& call);

} // namespace programs

/// Options as getopt(3) takes them: "n:ic" means -n VALUE, -i, -c. Words behind a lone -- are operands.
struct Options {
    struct Given {
        char letter;
        std::string value;
    };
    std::vector<Given> given;
    std::vector<std::string> operands;
    char unknown = 0;

    bool has(char letter) const;
    std::optional<std::string> value(char letter) const; // the last one given
};
Options options(std::span<const std::string> args, std::string_view known);

/// A file's bytes for a program; complains as coreutils do ("cat: X: No such file or directory").
const std::string* openFile(Call& call, const std::string& path);
/// gzip bytes become what they hold; nullopt if they are not gzip or damaged.
std::optional<std::string> gunzip(std::string_view bytes);
std::vector<std::string_view> linesOf(std::string_view text);

} // namespace sluicegate::demo
