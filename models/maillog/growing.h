// SPDX-License-Identifier: GPL-3.0-or-later
// A history read while its bytes still arrive.
#pragma once

#include "models/maillog/history.h"

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

namespace sluicegate::maillog {

/// Takes a log's files, oldest first, each in pieces cut anywhere, and shows at any time what is known so
/// far: what History::read tells of the same bytes up to the last line end, only earlier. Of the years of
/// old stamps, repeated lines at a file's begin and journald's exports it knows as much; where these need
/// more bytes to be told apart, a file's first lines wait. Two things it cannot: packed files (who has them
/// unpacks them on the way) and a file that begins before the one taken up before it; then all must be read
/// together.
class GrowingHistory {
public:
    explicit GrowingHistory(const Options& options, std::stop_token stop = {});
    ~GrowingHistory();
    GrowingHistory(const GrowingHistory&) = delete;
    GrowingHistory& operator=(const GrowingHistory&) = delete;

    /// The next file begins; the one before has ended.
    base::Result<void> begin(std::string path);
    /// WriteFailed without room for temporary files, Unsupported for what it cannot, Cancelled; after any of
    /// them nothing more is taken, but what was read can still be shown.
    base::Result<void> take(std::string_view bytes);
    /// The file is whole: a last line without an end is read, too.
    base::Result<void> end();

    /// What is known so far; stays as it is whatever comes later, and when this is gone. Costs what was
    /// changed since the last one, and some bytes for each 32 KiB of records. With a window asked for in the
    /// options it costs a look at each journey. `now` is the server's clock, if it went on.
    std::shared_ptr<const History> snapshot(std::optional<base::Instant> now = {});

    /// Without the cost of a snapshot.
    std::uint64_t lines() const;
    std::uint32_t journeys() const;
    bool understood() const; // a line that looks like a log's was there

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace sluicegate::maillog
