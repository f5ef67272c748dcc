// SPDX-License-Identifier: GPL-3.0-or-later
// What --help prints; plain text, ready before any Qt application exists.
#pragma once

namespace sluicegate::app {

inline constexpr char helpText[] = R"(Sluicegate: from a spam notice to a proven source.

  sluicegate [--profile FILE] [CASE | FILE...] [--demo]
                                            the window (needs a display)
  sluicegate triage (--host [USER@]HOST[:PORT] | --evidence DIR | --demo)
                    [--notice FILE] [--case DIR] [--since T] [--until T] [--zone +HH:MM]
                    [--report FILE.{html,pdf,json,md}]... [--json]
                    [--identity FILE] [--password-stdin] [--known-hosts FILE] [--accept-new]
  sluicegate check [CASE] [--host [USER@]HOST[:PORT]] [--notice FILE] [--watch MINUTES [--every SECONDS]]
                    [--test-ports] [--ask-lists] [--profile FILE] [--waive CONDITION=REASON]... [--unblocked] [--json]
                                            ready to unblock? Each condition met, not met or unknown, and why;
                                            with --host from fresh evidence; --watch reads on in the log until it
                                            was quiet that long; --test-ports and --ask-lists let the server
                                            ask other people's servers
  sluicegate contain [CASE] [--host [USER@]HOST[:PORT] | --demo] [--pull] [--action NAME [--apply]] [--json]
                    [--suspect N|all] [--target NAME] [--only ID]... [--again ID]...
                    [--exclude-id ID]... [--exclude-sender ADDRESS]... [--exclude-recipient ADDRESS]...
                                            what can be done against the source; with --action the exact plan;
                                            acts only with --apply, which needs a CASE to keep the backup in
  sluicegate notice FILE [--json]           what a notice says
  sluicegate maillog FILE... [--json] [--since T] [--until T] [--zone +HH:MM] [--now T]
                                            journeys, one JSON object a line; - reads stdin
  sluicegate headers FILE [--json]          one message, or the output of postcat -q
  sluicegate report CASE FILE...            writes reports of a case again
  sluicegate verify CASE                    hashes all evidence and checks the journal's chain
  sluicegate demo-server [--port N] [--incident NAME]
                                            the invented server alone, for any SSH client
  sluicegate screens FOLDER [--dark]        one PNG of each screen, walking the demo incident
  sluicegate --version | --help

Results go to stdout, talk and progress to stderr.
T is a time like 2026-11-23T09:40:00Z. --zone is the server's, where the evidence does not tell it (without: UTC).
Exit: 0 done, whatever was found; 1 evidence is not as it was recorded, or (check) not ready; 2 usage; 3 input unreadable;
      4 connection or authentication; 5 partly done, the rest kept.
)";

}
