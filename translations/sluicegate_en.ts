<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Action</name>
    <message numerus="yes">
        <source>%Ln message(s), %1</source>
        <translation>
            <numerusform>%Ln message, %1</numerusform>
            <numerusform>%Ln messages, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message numerus="yes">
        <source>Testing the mail ports of %Ln server(s) from there.</source>
        <translation>
            <numerusform>Testing the mail ports of %Ln server from there.</numerusform>
            <numerusform>Testing the mail ports of %Ln servers from there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Watching the log until it was quiet for %Ln minute(s); Ctrl+C ends the watch.</source>
        <translation>
            <numerusform>Watching the log until it was quiet for %Ln minute; Ctrl+C ends the watch.</numerusform>
            <numerusform>Watching the log until it was quiet for %Ln minutes; Ctrl+C ends the watch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Clue</name>
    <message numerus="yes">
        <source>%Ln noticed Message-ID(s) belong to it.</source>
        <translation>
            <numerusform>%Ln noticed Message-ID belongs to it.</numerusform>
            <numerusform>%Ln noticed Message-IDs belong to it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A sudden burst: %Ln message(s) in the ten minutes from %1, against %2 a day before.</source>
        <translation>
            <numerusform>A sudden burst: %Ln message in the ten minutes from %1, against %2 a day before.</numerusform>
            <numerusform>A sudden burst: %Ln messages in the ten minutes from %1, against %2 a day before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The outgoing limit refused %Ln of its message(s).</source>
        <translation>
            <numerusform>The outgoing limit refused %Ln of its messages.</numerusform>
            <numerusform>The outgoing limit refused %Ln of its messages.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were submitted from outside with the login %1, for example from %2.</source>
        <translation>
            <numerusform>%Ln message was submitted from outside with the login %1, for example from %2.</numerusform>
            <numerusform>%Ln messages were submitted from outside with the login %1, for example from %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were submitted from the server itself (%2) with the login %1: by webmail or a website&apos;s mail plugin.</source>
        <translation>
            <numerusform>%Ln message was submitted from the server itself (%2) with the login %1: by webmail or a website&apos;s mail plugin.</numerusform>
            <numerusform>%Ln messages were submitted from the server itself (%2) with the login %1: by webmail or a website&apos;s mail plugin.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) carry a sender that is not the login&apos;s own, for example %1 (different senders: %2).</source>
        <translation>
            <numerusform>%Ln message carries a sender that is not the login&apos;s own, for example %1 (different senders: %2).</numerusform>
            <numerusform>%Ln messages carry a sender that is not the login&apos;s own, for example %1 (different senders: %2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed login(s), then a successful one (%1): the password was guessed.</source>
        <translation>
            <numerusform>%Ln failed login, then a successful one (%1): the password was guessed.</numerusform>
            <numerusform>%Ln failed logins, then a successful one (%1): the password was guessed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) match send requests in the webmail log of %1, most of them from %2.</source>
        <translation>
            <numerusform>%Ln message matches send requests in the webmail log of %1, most of them from %2.</numerusform>
            <numerusform>%Ln messages match send requests in the webmail log of %1, most of them from %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were handed to sendmail by the system user %1 (uid %2).</source>
        <translation>
            <numerusform>%Ln message was handed to sendmail by the system user %1 (uid %2).</numerusform>
            <numerusform>%Ln messages were handed to sendmail by the system user %1 (uid %2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were handed to the mail server from %1 without a login.</source>
        <translation>
            <numerusform>%Ln message was handed to the mail server from %1 without a login.</numerusform>
            <numerusform>%Ln messages were handed to the mail server from %1 without a login.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln subject(s) are built by a web application&apos;s own template, for example “%1”.</source>
        <translation>
            <numerusform>%Ln subject is built by a web application&apos;s own template, for example “%1”.</numerusform>
            <numerusform>%Ln subjects are built by a web application&apos;s own template, for example “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were sent in the name of the site, for example as %1.</source>
        <translation>
            <numerusform>%Ln message was sent in the name of the site, for example as %1.</numerusform>
            <numerusform>%Ln messages were sent in the name of the site, for example as %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln time(s) mail() ran in code made up on the fly (eval) in %1.</source>
        <translation>
            <numerusform>%Ln time mail() ran in code made up on the fly (eval) in %1.</numerusform>
            <numerusform>%Ln times mail() ran in code made up on the fly (eval) in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) came in for %1 and were sent on to %2.</source>
        <translation>
            <numerusform>%Ln message came in for %1 and was sent on to %2.</numerusform>
            <numerusform>%Ln messages came in for %1 and were sent on to %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were returned to senders who never wrote, at %1.</source>
        <translation>
            <numerusform>%Ln message was returned to senders who never wrote, at %1.</numerusform>
            <numerusform>%Ln messages were returned to senders who never wrote, at %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) were taken from outside (%1) without a login and sent on to strangers (domains: %2).</source>
        <translation>
            <numerusform>%Ln message was taken from outside (%1) without a login and sent on to strangers (domains: %2).</numerusform>
            <numerusform>%Ln messages were taken from outside (%1) without a login and sent on to strangers (domains: %2).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>seen %Ln time(s)</source>
        <translation>
            <numerusform>seen %Ln time</numerusform>
            <numerusform>seen %Ln times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A sudden burst: %Ln message(s) in the ten minutes from %1.</source>
        <translation>
            <numerusform>A sudden burst: %Ln message in the ten minutes from %1.</numerusform>
            <numerusform>A sudden burst: %Ln messages in the ten minutes from %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message numerus="yes">
        <source>No spam since it was shut; %Ln attempt(s) were refused, so the lock works.</source>
        <translation>
            <numerusform>No spam since it was shut; %Ln attempt was refused, so the lock works.</numerusform>
            <numerusform>No spam since it was shut; %Ln attempts were refused, so the lock works.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) of the spam since it was shut: it is still open.</source>
        <translation>
            <numerusform>%Ln message of the spam since it was shut: it is still open.</numerusform>
            <numerusform>%Ln messages of the spam since it was shut: it is still open.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No spam so far; watch for %Ln more minute(s), then look again.</source>
        <translation>
            <numerusform>No spam so far; watch for %Ln more minute, then look again.</numerusform>
            <numerusform>No spam so far; watch for %Ln more minutes, then look again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) of the spam are in the queue: clear it.</source>
        <translation>
            <numerusform>%Ln message of the spam is in the queue: clear it.</numerusform>
            <numerusform>%Ln messages of the spam are in the queue: clear it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln noticed message(s) are not explained: %1.</source>
        <translation>
            <numerusform>%Ln noticed message is not explained: %1.</numerusform>
            <numerusform>%Ln noticed messages are not explained: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) of the spam were in the queue when it was listed, and it was worked on since: pull the evidence again.</source>
        <translation>
            <numerusform>%Ln message of the spam was in the queue when it was listed, and it was worked on since: pull the evidence again.</numerusform>
            <numerusform>%Ln messages of the spam were in the queue when it was listed, and it was worked on since: pull the evidence again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) of the account came from addresses that neither its owner nor the spam used before: pull the evidence again to have them judged.</source>
        <translation>
            <numerusform>%Ln message of the account came from addresses that neither its owner nor the spam used before: pull the evidence again to have it judged.</numerusform>
            <numerusform>%Ln messages of the account came from addresses that neither its owner nor the spam used before: pull the evidence again to have them judged.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContainText</name>
    <message numerus="yes">
        <source>%Ln message(s) had got a selected queue id meanwhile; held for a moment and let go.</source>
        <translation>
            <numerusform>%Ln message had got a selected queue id meanwhile; held for a moment and let go.</numerusform>
            <numerusform>%Ln messages had got a selected queue id meanwhile; held for a moment and let go.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Letter</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Plans</name>
    <message numerus="yes">
        <source>and so on, %Ln in all</source>
        <translation>
            <numerusform>and so on, %Ln in all</numerusform>
            <numerusform>and so on, %Ln in all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>standard input: %Ln line(s): %1</source>
        <translation>
            <numerusform>standard input: %Ln line: %1</numerusform>
            <numerusform>standard input: %Ln lines: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more of the source&apos;s messages were not in the listing.</source>
        <translation>
            <numerusform>%Ln more of the source&apos;s messages was not in the listing.</numerusform>
            <numerusform>%Ln more of the source&apos;s messages were not in the listing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not touched: %Ln other message(s)</source>
        <translation>
            <numerusform>Not touched: %Ln other message</numerusform>
            <numerusform>Not touched: %Ln other messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln message(s)</source>
        <translation>
            <numerusform>Delete %Ln message</numerusform>
            <numerusform>Delete %Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Bring %Ln message(s) back</source>
        <translation>
            <numerusform>Bring %Ln message back</numerusform>
            <numerusform>Bring %Ln messages back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) excluded.</source>
        <translation>
            <numerusform>%Ln message excluded.</numerusform>
            <numerusform>%Ln messages excluded.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message numerus="yes">
        <source>%1 and %Ln more</source>
        <translation>
            <numerusform>%1 and %Ln more</numerusform>
            <numerusform>%1 and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueScreen</name>
    <message numerus="yes">
        <source>%Ln message(s) in the queue as listed at %1: %2 spam, %3 to keep, %4 undecided.</source>
        <translation>
            <numerusform>%Ln message in the queue as listed at %1: %2 spam, %3 to keep, %4 undecided.</numerusform>
            <numerusform>%Ln messages in the queue as listed at %1: %2 spam, %3 to keep, %4 undecided.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln good message(s) waited past their time: the next attempt is the last.</source>
        <translation>
            <numerusform>%Ln good message waited past its time: the next attempt is the last.</numerusform>
            <numerusform>%Ln good messages waited past their time: the next attempt is the last.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln good message(s) wait, %1 of them past their time; the last bounces on %2.</source>
        <translation>
            <numerusform>%Ln good message waits, %1 of them past their time; the last bounces on %2.</numerusform>
            <numerusform>%Ln good messages wait, %1 of them past their time; the last bounces on %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln good message(s) bounce from %1 on, in %2, unless the way is opened.</source>
        <translation>
            <numerusform>%Ln good message bounces on %1, in %2, unless the way is opened.</numerusform>
            <numerusform>%Ln good messages bounce from %1 on, in %2, unless the way is opened.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Steps</name>
    <message numerus="yes">
        <source>%n Message-ID(s)</source>
        <translation>
            <numerusform>%n Message-ID</numerusform>
            <numerusform>%n Message-IDs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n item(s)</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln spam message(s)</source>
        <translation>
            <numerusform>%Ln spam message</numerusform>
            <numerusform>%Ln spam messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln condition(s) open</source>
        <translation>
            <numerusform>%Ln condition open</numerusform>
            <numerusform>%Ln conditions open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message numerus="yes">
        <source>and %n more recipient(s)</source>
        <translation>
            <numerusform>and %n more recipient</numerusform>
            <numerusform>and %n more recipients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n attempt(s)</source>
        <translation>
            <numerusform>%1, %n attempt</numerusform>
            <numerusform>%1, %n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln recipient(s)</source>
        <translation>
            <numerusform>%Ln recipient</numerusform>
            <numerusform>%Ln recipients</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln of the messages spam</source>
        <translation>
            <numerusform>%1, %Ln of the messages spam</numerusform>
            <numerusform>%1, %Ln of the messages spam</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictText</name>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more suspect(s); --json names all.</source>
        <translation>
            <numerusform>and %Ln more suspect; --json names all.</numerusform>
            <numerusform>and %Ln more suspects; --json names all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Warning</name>
    <message numerus="yes">
        <source>%Ln noticed Message-ID(s) not in the log.</source>
        <translation>
            <numerusform>%Ln noticed Message-ID not in the log.</numerusform>
            <numerusform>%Ln noticed Message-IDs not in the log.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more warning(s) of this kind.</source>
        <translation>
            <numerusform>%Ln more warning of this kind.</numerusform>
            <numerusform>%Ln more warnings of this kind.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::attributionscreen::SourceScreen</name>
    <message numerus="yes">
        <source> and %n more address(es)</source>
        <translation>
            <numerusform> and %n more address</numerusform>
            <numerusform> and %n more addresses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) still in the queue</source>
        <translation>
            <numerusform>%n message still in the queue</numerusform>
            <numerusform>%n messages still in the queue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n noticed Message-ID(s) are not in this log. Most likely: %1</source>
        <translation>
            <numerusform>%n noticed Message-ID is not in this log. Most likely: %1</numerusform>
            <numerusform>%n noticed Message-IDs are not in this log. Most likely: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) behind this reason</source>
        <translation>
            <numerusform>%n line behind this reason</numerusform>
            <numerusform>%n lines behind this reason</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::common::EvidencePane</name>
    <message numerus="yes">
        <source>%1 (the first %n line(s))</source>
        <translation>
            <numerusform>%1 (the first %n line)</numerusform>
            <numerusform>%1 (the first %n lines)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::connection::EvidenceList</name>
    <message numerus="yes">
        <source>%n item(s) of evidence</source>
        <translation>
            <numerusform>%n item of evidence</numerusform>
            <numerusform>%n items of evidence</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::containmentscreen::EndingCard</name>
    <message numerus="yes">
        <source>%Ln message(s) had got a selected queue id meanwhile; held for a moment and let go.</source>
        <translation>
            <numerusform>%Ln message had got a selected queue id meanwhile; held for a moment and let go.</numerusform>
            <numerusform>%Ln messages had got a selected queue id meanwhile; held for a moment and let go.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::inspector::Inspector</name>
    <message numerus="yes">
        <source>Raw text (its first %n lines)</source>
        <translation>
            <numerusform>Raw text (its first line)</numerusform>
            <numerusform>Raw text (its first %n lines)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::intake::NoticeFacts</name>
    <message numerus="yes">
        <source>%n Message-ID(s)</source>
        <translation>
            <numerusform>%n Message-ID</numerusform>
            <numerusform>%n Message-IDs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::journalscreen::JournalScreen</name>
    <message numerus="yes">
        <source>✓ The chain holds: no line was changed since it was recorded (%Ln line(s)).</source>
        <translation>
            <numerusform>✓ The chain holds: no line was changed since it was recorded (%Ln line).</numerusform>
            <numerusform>✓ The chain holds: no line was changed since it was recorded (%Ln lines).</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::queuescreen::QueueScreen</name>
    <message numerus="yes">
        <source>%Ln message(s) were sampled: Enter or a double click looks into one.</source>
        <translation>
            <numerusform>%Ln message was sampled: Enter or a double click looks into it.</numerusform>
            <numerusform>%Ln messages were sampled: Enter or a double click looks into one.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 was not sampled, so there is nothing to look into. Only messages still in the queue, of which %Ln were sampled, can be looked into.</source>
        <translation>
            <numerusform>%1 was not sampled, so there is nothing to look into. Only messages still in the queue, of which %Ln was sampled, can be looked into.</numerusform>
            <numerusform>%1 was not sampled, so there is nothing to look into. Only messages still in the queue, of which %Ln were sampled, can be looked into.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::readinessscreen::WatchStrip</name>
    <message numerus="yes">
        <source>Since %1: %Ln new message(s) of the source,</source>
        <translation>
            <numerusform>Since %1: %Ln new message of the source,</numerusform>
            <numerusform>Since %1: %Ln new messages of the source,</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused attempt(s).</source>
        <translation>
            <numerusform>%Ln refused attempt.</numerusform>
            <numerusform>%Ln refused attempts.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s) from new addresses: pull again to have them judged.</source>
        <translation>
            <numerusform>%Ln message from new addresses: pull again to have it judged.</numerusform>
            <numerusform>%Ln messages from new addresses: pull again to have them judged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Connected anew %Ln time(s).</source>
        <translation>
            <numerusform>Connected anew %Ln time.</numerusform>
            <numerusform>Connected anew %Ln times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::shell::IdentifyPage</name>
    <message numerus="yes">
        <source>Only messages still in the queue, of which %Ln were sampled, can be looked into.</source>
        <translation>
            <numerusform>Only messages still in the queue, of which %Ln was sampled, can be looked into.</numerusform>
            <numerusform>Only messages still in the queue, of which %Ln were sampled, can be looked into.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sluicegate::timeline::Timeline</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n message(s)</source>
        <translation>
            <numerusform>%1: %n message</numerusform>
            <numerusform>%1: %n messages</numerusform>
        </translation>
    </message>
</context>
</TS>
