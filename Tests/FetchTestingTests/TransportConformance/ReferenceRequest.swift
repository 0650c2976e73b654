import FetchCore
import Foundation

/// The HTTP/1.1 encoding of a request.
struct ReferenceRequest {
    let bytes: Data

    init(_ request: FetchRequest, _ defect: TransportDefect?) {
        let method = defect == .sendsDeleteAsPost && request.method.description == "DELETE" ? .post : request.method
        let url = defect == .resolvesDotSegments ? request.url.standardized : request.url
        let parts = url.absoluteString.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        var target = parts.count > 3 ? "/\(parts[3])" : "/"
        if defect == .decodesTildes { target = target.replacingOccurrences(of: "%7E", with: "~") }
        var fields = ["\(method) \(target) HTTP/1.1", "Host: \(parts[2])"]
        var names: [String] = []
        for field in request.headers.fields {
            if defect == .dropsEmptyFields, field.value.isEmpty { continue }
            if defect == .joinsRequestFields, let index = names.firstIndex(of: field.name) {
                fields[index + 2] += ", \(field.value)"
                continue
            }
            names.append(field.name)
            fields.append("\(field.name): \(field.value)")
        }
        if defect == .addsUserAgent { fields.append("User-Agent: reference") }
        if defect == .addsReferer { fields.append("Referer: http://127.0.0.1/") }
        if request.headers["Accept-Encoding"] == nil { fields.append("Accept-Encoding: gzip") }
        var body = request.body
        if defect == .truncatesBodies { body = body?.prefix(1 << 20) }
        if defect == .dropsBodyOfGet, method == .get { body = nil }
        if let body { fields.append("Content-Length: \(body.count)") }
        bytes = Data((fields.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? Data())
    }
}
