import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A link without its fragment and without the parameters that sign it, so that it is the same each time a file is
/// signed, and different for different files.
///
/// Only the parameters of known storage services and content delivery networks are removed: Amazon S3 and CloudFront,
/// Google Cloud Storage, Azure Blob Storage, Alibaba OSS, Tencent COS and Akamai. A parameter of any other name may
/// select the file. So a `token` stays, unless an expiry date beside it shows that it signs the link.
package struct UnsignedLink: Sendable, Hashable {
    /// The link as a string.
    ///
    /// It may hold a secret in a parameter of an unknown name, so only its ``StableHash`` is stored or shown. That has
    /// 64 bits, which don't determine a longer secret, though anyone who has both can check a guess.
    package let text: String

    package init(_ link: URL) {
        // By scalars: a character may consist of a delimiter and a combining mark.
        let scalars = link.absoluteString.unicodeScalars.prefix { $0 != "#" }
        guard let questionMark = scalars.firstIndex(of: "?") else {
            text = String(Substring(scalars))
            return
        }
        let parameters = scalars[scalars.index(after: questionMark)...]
            .split(separator: "&", omittingEmptySubsequences: false)
            .map { (name: Self.name(of: $0), text: String(Substring($0))) }
        let names = Set(parameters.map(\.name))
        let rest = parameters.filter { !Self.signs($0.name, beside: names) }.map(\.text).joined(separator: "&")
        let base = String(Substring(scalars[..<questionMark]))
        text = rest.isEmpty ? base : "\(base)?\(rest)"
    }

    /// The name of a parameter in lowercase, decoded.
    private static func name(of parameter: Substring.UnicodeScalarView) -> String {
        let name = String(Substring(parameter.prefix { $0 != "=" }))
        return (PercentEncoding.decode(name) ?? name).lowercased()
    }

    private static let prefixes = ["x-amz-", "x-goog-", "x-oss-"]

    private static let names: Set = [
        "signature", "expires", "policy", "key-pair-id", "hash-algorithm", "awsaccesskeyid", "googleaccessid",
        "ossaccesskeyid", "security-token", "hdnts", "hdnea", "hdntl", "__gda__", "__token__", "q-sign-algorithm",
        "q-ak",
        "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature",
    ]

    /// The parameters of a shared access signature of Azure, which has both `sig` and `sv`.
    private static let sharedAccessNames: Set = [
        "sig", "sv", "ss", "srt", "sr", "sp", "st", "se", "sip", "spr", "si", "sdd", "ses", "skoid", "sktid", "skt",
        "ske",
        "sks", "skv", "saoid", "suoid", "scid",
    ]

    private static func signs(_ name: String, beside names: Set<String>) -> Bool {
        if Self.names.contains(name) || prefixes.contains(where: name.hasPrefix) { return true }
        if names.isSuperset(of: ["sig", "sv"]), sharedAccessNames.contains(name) { return true }
        return name == "token" && names.contains("expires")
    }
}
