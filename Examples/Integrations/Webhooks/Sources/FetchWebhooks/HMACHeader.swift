#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import Crypto

/// The scheme of senders with an HMAC-SHA256 of their own form, such as ElevenLabs and Synthesia.
///
/// ```swift
/// let scheme = try HMACHeader(.elevenLabs, secrets: [secret])
/// let other = try HMACHeader(HMACForm(header: "X-Signature", signature: .value(prefix: "sha256=")), secrets: [secret])
/// ```
///
/// These forms have no id, so the signature itself is the message's id.
public struct HMACHeader: WebhookScheme {
    /// The greatest number of signatures in a message. A message with more is refused.
    public static let maximumSignatures = 16

    private let form: HMACForm
    private let secrets: [SecretKey]
    private let tolerance: Duration

    /// Creates the scheme.
    ///
    /// - Parameters:
    ///   - form: The form of the message.
    ///   - secrets: The secrets as the sender shows them, of at least 16 bytes. Their characters are the key, as all
    ///     senders with such a form do it. While a secret is replaced, pass both.
    ///   - tolerance: The greatest distance of a message's date from now, in both directions. Defaults to 300 seconds.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/invalidConfiguration``.
    public init(
        _ form: HMACForm,
        secrets: [String],
        tolerance: Duration = .seconds(300)
    ) throws(WebhookError) {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.utf8.count >= 16 }) else {
            throw WebhookError(
                .invalidConfiguration,
                "the secret for \(form.header) is missing or has fewer than 16 bytes",
                remedy: "Pass the secret that the sender shows."
            )
        }
        if case .field = form.time, case .value = form.signature {
            throw WebhookError(
                .invalidConfiguration,
                "the date is a field of \(form.header), but the signature is its whole value",
                remedy: "Declare the signature as a field."
            )
        }
        self.form = form
        self.secrets = secrets.map { SecretKey($0.utf8) }
        self.tolerance = tolerance
    }

    /// Verifies a message.
    ///
    /// - Parameters:
    ///   - request: The message as it was received.
    ///   - date: The current date.
    /// - Returns: The signature as the message's id, and its date if the form has one.
    /// - Throws: ``WebhookError``.
    public func verify(_ request: WebhookRequest, at date: Date) throws(WebhookError) -> WebhookMessage {
        let value = try request.header(form.header)
        let time = try time(of: request, value, at: date)
        let signatures = try signatures(in: value)
        let beginning = time.map { Data(($0.digits + form.separator).utf8) } ?? Data()
        for secret in secrets {
            let code = secret.code(for: [beginning, request.body])
            if signatures.contains(where: { code == $0 }) {
                return WebhookMessage(id: code.withUnsafeBytes { Data($0) }.base64EncodedString(), date: time?.date)
            }
        }
        throw WebhookError(
            .wrongSignature,
            "the signature in \(form.header) is wrong",
            remedy: "If the sender's messages are genuine, check the secret."
        )
    }

    private func time(
        of request: WebhookRequest,
        _ value: String,
        at date: Date
    ) throws(WebhookError) -> MessageTime? {
        switch form.time {
        case .none: return nil
        case .header(let name):
            return try MessageTime(try request.header(name), from: name, within: tolerance, of: date)
        case .field(let name):
            let times = Self.fields(name, in: value)
            guard let time = times.first, times.count == 1 else {
                throw WebhookError(.malformedHeader, "\(form.header) contains \(times.count) fields \(name)")
            }
            return try MessageTime(time, from: form.header, within: tolerance, of: date)
        }
    }

    private func signatures(in value: String) throws(WebhookError) -> [Data] {
        let encoded: [String]
        switch form.signature {
        case .value(let prefix): encoded = value.hasPrefix(prefix) ? [String(value.dropFirst(prefix.count))] : []
        case .field(let name): encoded = Self.fields(name, in: value)
        }
        let signatures = encoded.compactMap { form.encoding.bytes(of: $0) }
        guard !signatures.isEmpty, signatures.count == encoded.count, encoded.count <= Self.maximumSignatures else {
            throw WebhookError(.malformedHeader, "\(form.header) contains no signature in the expected form")
        }
        return signatures
    }

    /// Returns the values of the fields with a name in `name=value,name=value`.
    private static func fields(_ name: String, in value: String) -> [String] {
        value.split(separator: ",").compactMap { field in
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let matches = parts.count == 2 && parts[0].drop { $0 == " " } == name
            return matches ? String(parts[1]) : nil
        }
    }
}
