#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The validated content of a manifest.
struct Declaration: Sendable {
    enum Field: String, CaseIterable {
        case schema = "$schema"
        case manifest, description
        case name, provider, baseURL, domains, method, path, id, key, headers, body
        case submission
        case minimumGap, maximumGap, requestTimeout, deadline, artifactLifetime
        case status, progress, eta, retryAfter, details, outputs, failureOutputs, followUp
    }

    /// The supported version of the manifest format.
    static let version: Int64 = 1

    let name: EndpointName
    let provider: ProviderID
    let baseURL: URL
    let domains: [String]
    let method: RequestMethod
    let path: PathTemplate
    let id: IDDeclaration
    let authorization: Authorization
    let headers: HeaderFields
    let body: BodyTemplate?
    let submission: SubmissionForm
    let timing: TimingDeclaration
    let response: ResponseDeclaration
}

extension Declaration {
    init?(_ document: FieldReader) {
        guard Self.checkVersion(document), let object = ObjectReader<Field>(document) else { return nil }
        let version = object.required(.manifest, "Write the format version, \"manifest\": \(Self.version).")
        if let version, version.value != .integer(Self.version) {
            version.reportType("the version number", "Write \"manifest\": \(Self.version).")
        }
        _ = object[.schema]?.string(example: "manifest.schema.json")
        _ = object[.description]?.string(example: "Videos of Example")
        let name = object.required(.name, "Write the name of the endpoint, such as \"example.video\".")?
            .string(example: "example.video", as: EndpointName.init(_:))
        let provider = object.required(.provider, "Write the provider whose key is sent, such as \"example\".")?
            .string(example: "example", as: ProviderID.init(_:))
        let baseURL = object.required(.baseURL, "Write the common prefix of the provider's URLs.")?.baseURL()
        let domains = object[.domains].map { $0.domains() } ?? []
        let method = object.required(.method, "Write GET or POST.")?.choice(Method.self)
        let id = object[.id].map { IDDeclaration($0) } ?? .text
        let authorization = object.required(
            .key,
            "Declare how the key is sent, such as {\"header\": \"X-Key\"}, or write \"none\"."
        )
        .flatMap { Authorization($0) }
        let headers = object[.headers].map { $0.headers(besides: authorization) } ?? [:]
        let path = id.map { Self.path(object, $0) } ?? nil
        let body = id.flatMap { id in object[.body].map { BodyTemplate($0, id: id) } } ?? nil
        let submission = object[.submission].map { SubmissionForm($0, id: id) } ?? SubmissionForm.none
        let timing = TimingDeclaration(object)
        let response = ResponseDeclaration(object, id: id)

        guard let name, let provider, let baseURL, let domains, let method, let path, let id else { return nil }
        guard let authorization, let headers, let submission, let response else { return nil }
        (self.name, self.provider, self.baseURL, self.domains) = (name, provider, baseURL, domains)
        (self.method, self.path, self.id) = (RequestMethod(method.rawValue), path, id)
        (self.authorization, self.headers, self.body) = (authorization, headers, body)
        (self.submission, self.timing, self.response) = (submission, timing, response)
        checkRequest(object)
    }

    private enum Method: String, CaseIterable {
        case get = "GET"
        case post = "POST"
    }

    /// Returns false if the document isn't an object or has another version, whose other fields can't be checked.
    private static func checkVersion(_ document: FieldReader) -> Bool {
        guard let members = document.value.object else {
            document.report("it is \(document.value.kind) and not an object", "Write the manifest as a JSON object.")
            return false
        }
        guard case .integer(let other)? = members["manifest"], other != version else { return true }
        document.member("manifest", .null)
            .report("version \(other) is unsupported", "Write \(version), or use a newer version of FetchKit.")
        return false
    }

    private static func path(_ object: ObjectReader<Field>, _ id: IDDeclaration) -> PathTemplate? {
        if id.kind == .url {
            guard object[.path] != nil else { return "" }
            object.report(.path, "doesn't apply to an id that is a URL", "Remove it.")
            return nil
        }
        return object.required(.path, "Write the path below the base URL, such as \"videos/{id}\".")?
            .template(placeholders: id.form.placeholderNames, values: [])
    }
}
