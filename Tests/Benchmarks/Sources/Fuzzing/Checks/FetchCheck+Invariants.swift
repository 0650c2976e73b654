import FetchCore
import Foundation
import ModelsLab
import ModelsLabFaceSwap

extension FetchCheck {
    /// Checks that an output has the exact id of the response, or `nil` if it doesn't fit, and no promised links.
    func check(_ output: some FetchOutput) throws {
        try checkPromises(in: output.outputArtifacts)
        let id: String??
        if let generation = output as? Generation<[String: JSONValue]> {
            id = .some(generation.id)
        } else {
            id = (output as? Generation<FaceSwapMeta>).map(\.id)
        }
        guard let digits = input.facts.id, let id else { return }
        try Violation.unless(
            id == digits || (id == nil && Int64(digits) == nil),
            "the id \(digits) became \(id ?? "nil")"
        )
    }

    /// Checks that a pending state has the exact id of the response.
    func check(_ progress: JobProgress) throws {
        guard let digits = input.facts.id, let id = progress.details["id"] else { return }
        guard let number = Int64(digits) else { return }
        try Violation.unless(id == .integer(number), "the id \(digits) became \(id)")
    }

    /// Checks that no output is one of the links in `future_links`, which only promise an output.
    func checkPromises(in artifacts: @autoclosure () -> [Artifact]) throws {
        guard input.facts.separatesPromises else { return }
        for artifact in artifacts() {
            let text = artifact.url?.absoluteString ?? artifact.text ?? ""
            try Violation.unless(!text.contains(ResponseFacts.promised), "a promised link is an output: \(text)")
        }
    }

    /// Checks that requests to foreign hosts don't contain the key, that the number of follow-ups is limited, and that
    /// they contain the exact id of the response.
    func check(_ requests: [FetchRequest]) throws {
        try Violation.unless(requests.count <= 65, "one fetch sent \(requests.count) requests")
        for request in requests where !isOwn(request.url) {
            let text =
                ([request.url.absoluteString, String(decoding: request.body ?? Data(), as: UTF8.self)]
                + request.headers.fields.flatMap { [$0.name, $0.value] }).joined(separator: "\n")
            try Violation.unless(!KeySearch(input.canary).finds(in: text), "the key was sent to \(request.url)")
        }
        if let file = input.facts.file, requests.count > 1 {
            let value = URLComponents(url: requests[1].url, resolvingAgainstBaseURL: false)?
                .queryItems?.first { $0.name == "file_id" }?.value
            try Violation.unless(value == nil || value == file, "the file \(file) became \(value ?? "")")
        }
    }

    private func isOwn(_ url: URL) -> Bool {
        guard let origin = try? Origin(of: url) else { return false }
        if origin == (try? Origin(of: input.endpoint.baseURL)) { return true }
        let usesHTTPS = origin.scheme == "https" && origin.port == 443
        return usesHTTPS && input.endpoint.domains.contains { origin.host == $0 || origin.host.hasSuffix(".\($0)") }
    }

    /// Checks that the key doesn't occur in a value's descriptions, its dump or its artifacts.
    func search(_ value: Any, output: (any FetchOutput)?) throws {
        var text = ""
        // Printing large values takes longer than FetchKit itself.
        if input.size < 20_000 || value is FetchError {
            text = String(describing: value) + "\n" + String(reflecting: value) + "\n"
            dump(value, to: &text)
        }
        for artifact in output?.outputArtifacts ?? [] {
            text +=
                "\n" + (artifact.url?.absoluteString ?? "") + "\n" + (artifact.text ?? "") + (artifact.mediaType ?? "")
            text += "\n" + (artifact.problem ?? "") + "\n"
            text += artifact.mirrors.map(\.absoluteString).joined(separator: "\n")
            if let data = artifact.data { text += String(decoding: data, as: UTF8.self) }
        }
        guard KeySearch(input.canary).finds(in: text) else { return }
        throw Violation("the key can be read out of \(type(of: value)): \(text.prefix(2_000))")
    }
}
