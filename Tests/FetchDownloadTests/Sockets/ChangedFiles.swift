/// Files that change on the server between two requests.
enum ChangedFiles {
    /// A validator of a file and of the one that takes its place.
    private enum ServerValidator: String, CaseIterable {
        case strongTag = "a strong tag"
        case weakTag = "a weak tag"
        case date = "a date"
        case none = "no validator"

        var isStrong: Bool { self == .strongTag || self == .date }

        func fields(_ version: Int) -> [String] {
            switch self {
            case .strongTag: ["ETag: \"v\(version)\""]
            case .weakTag: ["ETag: W/\"v\(version)\""]
            case .date:
                ["Date: Sat, 21 Nov 2026 10:00:00 GMT", "Last-Modified: Fri, 20 Nov 2026 10:00:0\(version) GMT"]
            case .none: []
            }
        }

        /// The value with which a range may be asked for; `nil` if none may.
        func ifRange(_ version: Int) -> String? {
            isStrong ? fields(version).last.map { String($0.split(separator: ":", maxSplits: 1)[1].dropFirst()) } : nil
        }
    }

    /// The way in which a server treats a range of a file that has changed.
    private enum Treatment: String, CaseIterable {
        case correct = "sends it as a whole"
        case showsNew = "sends its rest with its own validator"
        case showsNothing = "sends its rest without a validator"
        case showsOld = "sends its rest with the validator of the old one"
    }

    private static let replacements = [
        ("of the same length", ServedFiles.other), ("that is shorter", ServedFiles.shorter),
        ("that is longer", ServedFiles.longer),
    ]

    private static let cuts = [
        ServedFiles.firstDifference + 10, 1_000, 70_000, 150_000, ServedFiles.picture.count - 1,
    ]

    static let all: [DownloadCase] = ServerValidator.allCases.flatMap { validator in
        Treatment.allCases.filter { validator.isStrong || $0 == .correct }.flatMap { treatment in
            replacements.flatMap { replacement, bytes in
                [WireResponse.Framing.length, .chunked].flatMap { framing in
                    cuts.map { end in
                        let name =
                            "\(validator.rawValue), \(framing), cut at \(end), then a file \(replacement): "
                            + "the server \(treatment.rawValue)"
                        let requests = treatment == .correct ? 2 : 3
                        return DownloadCase(name, .file(bytes), requests: requests) { request, number in
                            response(to: request, number, validator, treatment, bytes, framing, end)
                        }
                    }
                }
            }
        }
    }

    private static func response(
        to request: ReceivedRequest,
        _ number: Int,
        _ validator: ServerValidator,
        _ treatment: Treatment,
        _ bytes: [UInt8],
        _ framing: WireResponse.Framing,
        _ end: Int
    ) -> WireResponse {
        if number == 1 {
            var response = WireResponse.file(ServedFiles.picture, framing: framing, cutAt: end)
            response.fields += validator.fields(1)
            return response
        }
        let isConditional = request["if-range"] != nil && request["if-range"] == validator.ifRange(1)
        guard let start = request.start, isConditional, treatment != .correct else {
            var response = WireResponse.file(bytes)
            response.fields += validator.fields(2)
            return response
        }
        guard start < bytes.count else {
            return .status("416 Range Not Satisfiable", "Content-Range: bytes */\(bytes.count)")
        }
        var response = WireResponse.rest(bytes, from: start)
        switch treatment {
        case .correct, .showsNothing: break
        case .showsNew: response.fields += validator.fields(2)
        case .showsOld: response.fields += validator.fields(1)
        }
        return response
    }
}
