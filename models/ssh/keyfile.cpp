// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/keyfile.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr std::size_t sizeLimit = 64u << 10;
constexpr std::string_view modernBegin = "-----BEGIN OPENSSH PRIVATE KEY-----";
constexpr std::string_view modernEnd = "-----END OPENSSH PRIVATE KEY-----";

std::optional<std::string_view> takeString(std::string_view& from)
{
    if (from.size() < 4)
        return std::nullopt;
    std::size_t length = 0;
    for (const char c : from.substr(0, 4))
        length = length << 8 | static_cast<unsigned char>(c);
    if (length > from.size() - 4)
        return std::nullopt;
    const auto text = from.substr(4, length);
    from.remove_prefix(4 + length);
    return text;
}

struct Header {
    bool encrypted = false;
    std::string blob; // of the public half
};

// OpenSSH's own format tells the cipher and the public half in clear (PROTOCOL.key).
std::optional<Header> modernHeader(std::string_view text)
{
    const auto begin = text.find(modernBegin);
    const auto end = text.find(modernEnd);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin)
        return std::nullopt;
    std::string body(text.substr(begin + modernBegin.size(), end - begin - modernBegin.size()));
    std::erase_if(body, [](char c) { return c == '\n' || c == '\r' || c == ' '; });
    const auto bytes = fromBase64(body);
    constexpr std::string_view magic("openssh-key-v1\0", 15);
    if (!bytes || !bytes->starts_with(magic))
        return std::nullopt;
    std::string_view rest = *bytes;
    rest.remove_prefix(magic.size());
    const auto cipher = takeString(rest);
    if (!cipher || !takeString(rest) || !takeString(rest) || rest.size() < 4)
        return std::nullopt;
    rest.remove_prefix(4); // the number of keys: always one
    const auto blob = takeString(rest);
    return blob ? std::optional(Header {.encrypted = *cipher != "none", .blob = std::string(*blob)})
                : std::nullopt;
}

KeyHandle halfFromBlob(const std::string& blob)
{
    const auto key = publicKey(blob);
    ssh_key raw = nullptr;
    if (key)
        ssh_pki_import_pubkey_base64(base64(blob).c_str(), ssh_key_type_from_name(key->type.c_str()), &raw);
    return KeyHandle(raw);
}

KeyHandle halfBeside(const std::filesystem::path& path)
{
    ssh_key raw = nullptr;
    ssh_pki_import_pubkey_file((path.string() + ".pub").c_str(), &raw);
    return KeyHandle(raw);
}

} // namespace

Result<KeyFile> inspectKeyFile(const std::filesystem::path& path)
{
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return fail(FailureKind::NotFound, path.string());
    std::ifstream in(path, std::ios::binary);
    std::string text(sizeLimit, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
    if (text.empty())
        return fail(FailureKind::Unreadable, path.string(), std::strerror(errno));
    KeyFile file {.path = path, .encrypted = false, .half = nullptr};
    if (const auto header = modernHeader(text)) {
        file.encrypted = header->encrypted;
        file.half = halfFromBlob(header->blob);
    } else if (text.contains("PRIVATE KEY-----")) {
        file.encrypted = text.contains("ENCRYPTED");
        file.half = halfBeside(path);
    } else {
        return fail(FailureKind::NotUnderstood, path.string(), "not a private key");
    }
    return file;
}

KeyHandle loadKey(const KeyFile& file, const std::string& passphrase)
{
    ssh_key raw = nullptr;
    // libssh takes an empty passphrase as "ask the callback", so none is passed for a plain key.
    ssh_pki_import_privkey_file(
        file.path.c_str(), file.encrypted ? passphrase.c_str() : nullptr, nullptr, nullptr, &raw);
    return KeyHandle(raw);
}

} // namespace sluicegate::ssh
