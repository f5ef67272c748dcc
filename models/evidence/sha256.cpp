// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/sha256.h"

#include <openssl/evp.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace sluicegate::evidence {

struct Sha256::State {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : m_state(std::make_unique<State>())
{
    EVP_DigestInit_ex(m_state->context, EVP_sha256(), nullptr);
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(m_state->context, bytes.data(), bytes.size());
}

std::string Sha256::hex()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest {};
    unsigned int length = 0;
    EVP_DigestFinal_ex(m_state->context, digest.data(), &length);
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < length; ++i) {
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

std::string sha256(std::string_view bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.hex();
}

base::Result<std::string> sha256Of(const std::filesystem::path& file)
{
    // Read, not mapped: a mapped file counts as memory of ours, and one that shrinks meanwhile would end us.
    const int fd = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return base::fail(errno == ENOENT ? base::FailureKind::NotFound : base::FailureKind::Unreadable,
            file.string(), std::strerror(errno));
    struct stat about {};
    if (::fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) { // a pipe or device has no end
        ::close(fd);
        return base::fail(base::FailureKind::Unreadable, file.string(), "is not a regular file");
    }
    Sha256 hash;
    std::vector<char> buffer(std::size_t(1) << 18);
    ssize_t got = 0;
    while ((got = ::read(fd, buffer.data(), buffer.size())) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            hash.add({buffer.data(), static_cast<std::size_t>(got)});
    const int trouble = errno;
    ::close(fd);
    if (got < 0)
        return base::fail(base::FailureKind::Unreadable, file.string(), std::strerror(trouble));
    return hash.hex();
}

} // namespace sluicegate::evidence
