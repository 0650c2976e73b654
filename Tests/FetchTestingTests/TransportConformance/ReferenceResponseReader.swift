import FetchCore
import FetchTesting
import Foundation

/// Reads an HTTP/1.1 response from a connection.
struct ReferenceResponseReader {
    private let connection: ReferenceConnection
    private let request: FetchRequest
    private let defect: TransportDefect?
    private var buffer = Data()
    /// True if the connection can be reused for another request.
    private(set) var keepsConnection = false

    init(_ connection: ReferenceConnection, _ request: FetchRequest, _ defect: TransportDefect?) {
        self.connection = connection
        self.request = request
        self.defect = defect
    }

    mutating func response() throws -> FetchResponse {
        if defect == .acceptsHTTP09 {
            guard try receive() else { throw ReferenceFailure.closed }
            if !buffer.starts(with: Data("HTTP/1.".utf8).prefix(buffer.count)) {
                return FetchResponse(status: 200, body: buffer)
            }
        }
        var (status, headers) = try head()
        while (100..<200).contains(status), status != 101, defect != .returnsInformational {
            (status, headers) = try head()
        }
        let hasNoBody = status < 200 || status == 204 || status == 304
        let isHead = request.method == RequestMethod("HEAD") && defect != .waitsForBodyOfHead
        var body = Data()
        var isDelimited = true
        if !hasNoBody, !isHead { (body, isDelimited) = try self.body(headers) }
        keepsConnection = isDelimited && headers["Connection"]?.lowercased() != "close"
        if !buffer.isEmpty {
            keepsConnection = defect == .keepsUnsolicitedBytes && buffer.starts(with: Data("HTTP/".utf8))
            if keepsConnection { connection.unread(buffer) }
        }
        return FetchResponse(status: status, headers: decoded(headers), body: try decoded(body, headers))
    }

    private mutating func head() throws -> (Int, HeaderFields) {
        let first = try line(isFirst: true)
        let words = first.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2, words[0] == "HTTP/1.1" || words[0] == "HTTP/1.0", words[1].utf8.count == 3,
            let status = Int(words[1]), status >= 100
        else { throw ReferenceFailure.protocolBroken }
        var headers = HeaderFields()
        while true {
            let line: String
            do {
                line = try self.line()
            } catch  where defect == .acceptsTruncatedHeads {
                return (status, headers)
            }
            if line.isEmpty { return (status, headers) }
            guard let colon = line.firstIndex(of: ":") else { throw ReferenceFailure.protocolBroken }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            headers.append(
                name: String(line[..<colon]),
                value: defect == .truncatesFields ? String(value.prefix(1_000)) : value
            )
        }
    }

    /// Returns the body. The Boolean is false if the body is delimited by the end of the connection.
    private mutating func body(_ headers: HeaderFields) throws -> (Data, Bool) {
        let isCompressed = headers["Content-Encoding"] == "gzip"
        let maximum = request.responseLimit + (defect == .allowsOneByteMore && !isCompressed ? 1 : 0)
        if headers["Transfer-Encoding"] == "chunked" {
            var body = Data()
            while true {
                let digits = try line().prefix { $0 != ";" }
                guard let count = Int(digits, radix: 16), count >= 0 else { throw ReferenceFailure.protocolBroken }
                if count == 0 { break }
                guard body.count + count <= maximum else { throw request.responseTooLargeError }
                guard let chunk = try take(count) else {
                    if defect == .acceptsTruncatedBodies { return (body, false) }
                    throw ReferenceFailure.closed
                }
                body += chunk
                guard try line().isEmpty else { throw ReferenceFailure.protocolBroken }
            }
            while case let field = try line(), !field.isEmpty {
                if defect == .rejectsTrailers { throw ReferenceFailure.protocolBroken }
            }
            return (body, true)
        }
        if let length = headers["Content-Length"] {
            guard let count = Int(length), count >= 0 else { throw ReferenceFailure.protocolBroken }
            guard count <= request.responseLimit || defect == .ignoresAnnouncedLength else {
                throw request.responseTooLargeError
            }
            guard let body = try take(count) else {
                if defect == .acceptsTruncatedBodies { return (buffer, false) }
                throw ReferenceFailure.closed
            }
            guard count <= request.responseLimit else { throw request.responseTooLargeError }
            return (body, true)
        }
        repeat {
            // The limit of a compressed body is checked during decompression.
            if !isCompressed, buffer.count > maximum { throw request.responseTooLargeError }
        } while try receive()
        defer { buffer = Data() }
        return (buffer, false)
    }

    private func decoded(_ body: Data, _ headers: HeaderFields) throws -> Data {
        guard headers["Content-Encoding"] == "gzip" else {
            return defect == .readsBodiesAsText ? Data(String(decoding: body, as: UTF8.self).utf8) : body
        }
        if defect == .leavesCompressed, request.method == .get { return body }
        var gzip = ReferenceGzip(body)
        do {
            return Data(try gzip.decompressed(atMost: defect == .limitsCompressed ? .max : request.responseLimit))
        } catch ReferenceGzip.Failure.tooLarge {
            throw request.responseTooLargeError
        } catch ReferenceGzip.Failure.broken where defect == .limitsCompressed {
            return body
        } catch {
            throw ReferenceFailure.protocolBroken
        }
    }

    private func decoded(_ headers: HeaderFields) -> HeaderFields {
        switch defect {
        case .sortsResponseFields:
            var sorted = HeaderFields()
            for field in headers.fields.sorted(by: { $0.name.lowercased() < $1.name.lowercased() }) {
                sorted.append(name: field.name, value: field.value)
            }
            return sorted
        case .joinsResponseFields:
            var joined = HeaderFields()
            for field in headers.fields {
                if let value = joined[field.name] {
                    joined[field.name] = "\(value), \(field.value)"
                } else {
                    joined.append(name: field.name, value: field.value)
                }
            }
            return joined
        default: return headers
        }
    }

    private mutating func line(isFirst: Bool = false) throws -> String {
        while true {
            if let end = buffer.firstRange(of: Data("\r\n".utf8)) {
                defer { buffer = Data(buffer[end.upperBound...]) }
                return String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
            }
            // Other protocols are recognised by the first bytes, before the end of the line.
            if isFirst, !buffer.starts(with: Data("HTTP/1.".utf8).prefix(buffer.count)) {
                throw ReferenceFailure.protocolBroken
            }
            guard buffer.count < 64 << 10 else { throw ReferenceFailure.protocolBroken }
            guard try receive() else { throw ReferenceFailure.closed }
        }
    }

    private mutating func take(_ count: Int) throws -> Data? {
        while buffer.count < count { guard try receive() else { return nil } }
        defer { buffer = Data(buffer.dropFirst(count)) }
        return Data(buffer.prefix(count))
    }

    private mutating func receive() throws -> Bool {
        let bytes = try connection.receive()
        buffer += bytes
        return !bytes.isEmpty
    }
}
