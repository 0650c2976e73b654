import Foundation

/// Path templates and ids with a reference implementation of their expansion that is independent of FetchKit.
enum PathSample {
    enum Form: String, CaseIterable, Sendable {
        case whole = "{+id}"
        case segments = "{a}/{b}"
        case open = "{+a}/{b}"
        case colon = "{a}:{b}"

        /// Templates without ambiguities.
        var templates: [String] {
            self == .whole
                ? [
                    "video/fetch/{id}", "{id}", "{+id}", "a/{id}/status", "q?task_id={id}", "q?x=1&task_id={id}&y={id}",
                    "{+id}/tail", "v/{id}.json", "%7Bx/{id}", "a/{id}/b/{id}", "a/{+id}:fetch", "{id}?x={+id}",
                ]
                : ["w/{a}/r/{b}", "{a}/{b}", "{+a}/requests/{b}/status", "q?a={a}&b={b}", "{b}/x?y={a}"]
        }

        func id(_ random: inout SeededRandom) -> String {
            switch self {
            case .whole: IDSample(valid: random.pick(["42", "a/b", "a1-b2"])).any(&random)
            case .segments, .open: IDSample(valid: random.pick(["a/b", "x/7"])).any(&random)
            case .colon: IDSample(valid: "a:b").any(&random)
            }
        }

        /// Returns the expanded template; `nil` if the id is invalid.
        func expansion(of template: String, id: String) -> String? {
            guard isSendable(id), let values = values(of: Array(id.utf8)) else { return nil }
            var text = template
            for (name, value) in values {
                guard text.contains("{\(name)}") == false || isSendable(String(decoding: value, as: UTF8.self)) else {
                    return nil
                }
                text = text.replacing("{\(name)}", with: encoded(value))
                guard text.contains("{+\(name)}") else { continue }
                let segments = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                guard segments.allSatisfy({ isSendable(String(decoding: $0, as: UTF8.self)) }) else { return nil }
                text = text.replacing("{+\(name)}", with: segments.map { encoded(Array($0)) }.joined(separator: "/"))
            }
            return text
        }

        private func values(of id: [UInt8]) -> [(String, [UInt8])]? {
            let slash = UInt8(ascii: "/")
            let cut: Int?
            switch self {
            case .whole: return [("id", id)]
            case .segments: cut = id.filter { $0 == slash }.count == 1 ? id.firstIndex(of: slash) : nil
            case .open: cut = id.lastIndex(of: slash)
            case .colon: cut = id.contains(slash) ? nil : id.dropFirst().firstIndex(of: UInt8(ascii: ":"))
            }
            guard let cut, cut > 0, cut < id.count - 1 else { return nil }
            return [("a", Array(id[..<cut])), ("b", Array(id[(cut + 1)...]))]
        }

        private func isSendable(_ text: String) -> Bool {
            !["", ".", ".."].contains(text) && text.utf8.count <= 2_048
                && !text.unicodeScalars.contains { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
        }

        private func encoded(_ bytes: [UInt8]) -> String {
            bytes.map { byte in
                let isPlain = KeyEscaping.isLetterOrDigit(byte) || "-._~".utf8.contains(byte)
                return isPlain ? String(Unicode.Scalar(byte)) : String(format: "%%%02X", byte)
            }.joined()
        }
    }

    /// Returns an equivalent or a mutated URL.
    static func changed(_ text: String, _ random: SeededRandom) -> String {
        var random = random
        var text = text
        for _ in 0..<random.below(3) {
            switch random.below(8) {
            case 0: text = text.replacing("%2F", with: "/")
            case 1: text = text.replacing("https://", with: "HTTPS://")
            case 2:
                text = text.replacing(
                    "example.com",
                    with: random.pick(["example.com:443", "EXAMPLE.com", "example.com.", "example.com@evil.example"])
                )
            case 3: text += random.pick(["/", "?", "#x", "&a=b", "%", "%00", "/..", "/%2e%2e", "\u{301}", "%FF"])
            case 4: text = text.removingPercentEncoding ?? text
            case 5: text = text.replacing("/", with: "//")
            default:
                var bytes = Array(text.utf8)
                random.pick(ByteMutation.allCases).apply(to: &bytes, &random)
                text = String(decoding: bytes, as: UTF8.self)
            }
        }
        return text
    }
}
