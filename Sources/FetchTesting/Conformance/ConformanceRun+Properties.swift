#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

// Properties that Swift doesn't take for what they are meant to be.
extension ConformanceRun {
    /// Returns the stored properties that are ignored because of their type or their name.
    func propertyViolations() -> [ConformanceViolation] {
        let properties = StoredProperty.all(of: endpoint)
        let requirements = PropertyRequirement<Endpoint>.all
        let names = Set(properties.map(\.name))
        return properties.compactMap { property in
            if let requirement = requirements.first(where: { $0.name == property.name }) {
                return requirement.isMistyped(property) ? mistyped(property, requirement) : nil
            }
            let candidates = requirements.filter { !names.contains($0.name) }
            return misspelt(property, candidates) ?? storedBodyViolation(property)
        }
    }

    private func mistyped(
        _ property: StoredProperty,
        _ requirement: PropertyRequirement<Endpoint>
    ) -> ConformanceViolation {
        ConformanceViolation(
            .propertyTypes,
            "The property \(property.name) has the type \(PropertyRequirement<Endpoint>.written(property.type)), so it "
                + "is ignored, and the default applies. State the type that FetchEndpoint requires: "
                + "let \(requirement.name): \(requirement.typeName)."
        )
    }

    private func misspelt(
        _ property: StoredProperty,
        _ requirements: [PropertyRequirement<Endpoint>]
    ) -> ConformanceViolation? {
        let nearest =
            requirements
            .compactMap { requirement in
                requirement.distance(from: property, of: endpoint).map { (requirement: requirement, distance: $0) }
            }
            .min { $0.distance < $1.distance }
        guard let requirement = nearest?.requirement, !isSent(property) else { return nil }
        return ConformanceViolation(
            .propertyNames,
            "The property \(property.name) isn't one that FetchEndpoint requires, so it is ignored. Did you mean "
                + "\(requirement.name): \(requirement.typeName)?"
        )
    }

    /// Returns a violation for a body that is stored instead of returned by the function.
    private func storedBodyViolation(_ property: StoredProperty) -> ConformanceViolation? {
        let names: Set = ["body", "requestbody", "httpbody"]
        let types: [Any.Type] = [
            RequestBody.self, RequestBody?.self, [String: JSONValue].self, [String: String].self, String.self,
            Data.self,
        ]
        guard
            names.contains(property.normalizedName),
            types.contains(where: { $0 == property.type }),
            String(describing: property.value) != "nil",
            let id = ids.first,
            case .none = try? endpoint.body(for: id)
        else { return nil }
        return ConformanceViolation(
            .propertyNames,
            "The property \(property.name) is ignored: the body of a request is returned by "
                + "func body(for id: \(Endpoint.ID.self)) throws -> RequestBody?."
        )
    }

    /// Returns true if the value of a property occurs in the request of a job, so that the endpoint uses it.
    private func isSent(_ property: StoredProperty) -> Bool {
        let value = String(describing: property.value)
        let body = ids.first.flatMap { try? endpoint.body(for: $0) }.map { String(describing: $0) } ?? ""
        let headers = endpoint.headers.fields.map(\.value)
        let texts = [endpoint.baseURL.absoluteString, endpoint.path.rawValue, body] + headers
        return texts.contains { $0.contains(value) }
    }
}
