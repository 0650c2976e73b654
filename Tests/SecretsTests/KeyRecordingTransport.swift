import FetchCore
import Foundation
import TestSupport
import Synchronization

/// A transport that records which hosts are sent the key.
///
/// The host is not taken from the parser that the library uses. It is the part of the URL string between the slashes
/// and the first character that any client treats as the end of a host.
final class KeyRecordingTransport: FetchTransport {
    struct Entry: Hashable {
        let authority: String
        let hasKey: Bool
    }

    private let key: String
    private let response: @Sendable (FetchRequest) -> FetchResponse
    private let log = Mutex<[Entry]>([])

    init(key: String, response: @escaping @Sendable (FetchRequest) -> FetchResponse) {
        self.key = key
        self.response = response
    }

    var entries: [Entry] { log.withLock(\.self) }

    /// The authorities that were sent the key.
    var keyHolders: Set<String> { Set(entries.filter(\.hasKey).map(\.authority)) }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let text = request.url.absoluteString
        let values = request.headers.fields.map(\.value).joined(separator: "\n")
        let sent = "\(text)\n\(values)\n\(String(decoding: request.body ?? Data(), as: UTF8.self))"
        let hasKey = EscapingStyle.contains(key, in: sent)
        let entry = Entry(authority: Self.authority(of: text), hasKey: hasKey)
        log.withLock { $0.append(entry) }
        return response(request)
    }

    /// Returns scheme, user name, host and port in lower case, without the default port of HTTPS.
    static func authority(of text: String) -> String {
        guard let slashes = text.firstRange(of: "://") else { return text }
        let end = text[slashes.upperBound...].firstIndex { "/?#\\;&, \t\n".contains($0) } ?? text.endIndex
        let authority = text[..<end].lowercased()
        for suffix in [":443", ":0443", ":"] where authority.hasPrefix("https:") && authority.hasSuffix(suffix) {
            return String(authority.dropLast(suffix.count))
        }
        return authority
    }
}
