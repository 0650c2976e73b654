import FetchCore
import Foundation
import SecretSearch
import Synchronization

/// Notes which host was sent the key, and answers each request the same.
///
/// The host is cut out of the URL's text here, and not by the parser that the library uses: what stands between the slashes and
/// the first sign that any client takes for the end of a host.
final class KeyLedger: FetchTransport {
    struct Entry: Hashable {
        let authority: String
        let hasKey: Bool
    }

    private let key: String
    private let answer: @Sendable (FetchRequest) -> FetchResponse
    private let log = Mutex<[Entry]>([])

    init(key: String, answer: @escaping @Sendable (FetchRequest) -> FetchResponse) {
        self.key = key
        self.answer = answer
    }

    var entries: [Entry] { log.withLock(\.self) }

    /// Who was sent the key.
    var keyHolders: Set<String> { Set(entries.filter(\.hasKey).map(\.authority)) }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let text = request.url.absoluteString
        let values = request.headers.fields.map(\.value).joined(separator: "\n")
        let sent = "\(text)\n\(values)\n\(String(decoding: request.body ?? Data(), as: UTF8.self))"
        let hasKey = Spelling.shows(key, in: sent)
        let entry = Entry(authority: Self.authority(of: text), hasKey: hasKey)
        log.withLock { $0.append(entry) }
        return answer(request)
    }

    /// Scheme, user name, host and port in small letters, without the port of https.
    static func authority(of text: String) -> String {
        guard let slashes = text.firstRange(of: "://") else { return text }
        let end = text[slashes.upperBound...].firstIndex { "/?#\\;&, \t\n".contains($0) } ?? text.endIndex
        let authority = text[..<end].lowercased()
        for ending in [":443", ":0443", ":"] where authority.hasPrefix("https:") && authority.hasSuffix(ending) {
            return String(authority.dropLast(ending.count))
        }
        return authority
    }
}
