#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A whole manifest, read.
struct Declaration: Sendable {
    enum Field: String, CaseIterable {
        case schema = "$schema"
        case manifest, description
        case name, provider, baseURL, domains, method, path, id, key, headers, body, minimumGap
        case status, progress, eta, retryAfter, details, outputs, followUp
    }

    /// The version of the format that is read here.
    static let version: Int64 = 1

    let name: EndpointName
    let provider: ProviderID
    let baseURL: URL
    var domains: [String]
    let method: RequestMethod
    let path: PathTemplate
    let id: IDDeclaration
    let authorization: Authorization
    let headers: HeaderFields
    let body: BodyTemplate?
    let minimumGap: Duration
    let answer: AnswerReading
}

extension Declaration {
    init?(_ document: FieldReader) {
        guard Self.mayBeOfKnownVersion(document), let object = ObjectReader<Field>(document) else { return nil }
        let version = object.required(.manifest, "Write the version of the format, \"manifest\": \(Self.version).")
        if let version, version.value != .integer(Self.version) {
            version.refuseType("the version's number", "Write \"manifest\": \(Self.version).")
        }
        _ = object[.schema]?.text(suchAs: "manifest.schema.json")
        _ = object[.description]?.text(suchAs: "Videos of Example")
        let name = object.required(.name, "Name the endpoint, such as \"example.video\".")?
            .text(suchAs: "example.video", as: EndpointName.init(_:))
        let provider = object.required(.provider, "Say whose key is sent, such as \"example\".")?
            .text(suchAs: "example", as: ProviderID.init(_:))
        let baseURL = object.required(.baseURL, "Say what the provider's URLs begin with.")?.baseURL()
        let domains = object[.domains].map { $0.domains() } ?? []
        let method = object.required(.method, "Write GET or POST.")?.choice(Method.self)
        let id = object[.id].map { IDDeclaration($0) } ?? .text
        let authorization = object.required(
            .key,
            "Say where the key goes, such as {\"header\": \"X-Key\"}, or \"none\"."
        )
        .flatMap { Authorization($0) }
        let headers = object[.headers].map { $0.headers(besides: authorization) } ?? [:]
        let path = id.map { Self.path(object, $0) } ?? nil
        let body = id.flatMap { id in object[.body].map { BodyTemplate($0, id: id) } } ?? nil
        let minimumGap = object[.minimumGap]?.positiveNumber(suchAs: 5).flatMap(Duration.init(clampingSeconds:))
        let answer = AnswerReading(object, id: id)

        guard let name, let provider, let baseURL, let domains, let method, let path, let id else { return nil }
        guard let authorization, let headers, let answer else { return nil }
        (self.name, self.provider, self.baseURL, self.domains) = (name, provider, baseURL, domains)
        (self.method, self.path, self.id) = (RequestMethod(method.rawValue), path, id)
        (self.authorization, self.headers, self.body) = (authorization, headers, body)
        (self.minimumGap, self.answer) = (minimumGap ?? .zero, answer)
        checkRequest(object)
    }

    private enum Method: String, CaseIterable {
        case get = "GET"
        case post = "POST"
    }

    /// Of a version that isn't known, nothing else can be said.
    private static func mayBeOfKnownVersion(_ document: FieldReader) -> Bool {
        guard let members = document.value.object else {
            document.refuse("it is \(document.value.kind) and not an object", "Write the manifest in braces.")
            return false
        }
        guard case .integer(let other)? = members["manifest"], other != version else { return true }
        document.member("manifest", .null)
            .refuse("version \(other) isn't known here", "Write \(version), or use a newer FetchKit.")
        return false
    }

    private static func path(_ object: ObjectReader<Field>, _ id: IDDeclaration) -> PathTemplate? {
        if id.kind == .url {
            guard object[.path] != nil else { return "" }
            object.refuse(.path, "is of no use where the id is a URL", "Leave it out.")
            return nil
        }
        return object.required(.path, "Write what stands behind the base URL, such as \"videos/{id}\".")?
            .template(placesOf: id.form.placeNames, allowing: [])
    }
}
