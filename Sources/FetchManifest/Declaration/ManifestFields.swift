/// The names of all fields that are read, by the name of their object's definition in `Documentation/manifest.schema.json`.
package enum ManifestFields {
    package static let byDefinition: [String: Set<String>] = [
        "manifest": names(Declaration.Field.self),
        "id": names(IDDeclaration.Field.self),
        "key": names(KeyField.self),
        "reading": names(StatusReading.Field.self),
        "textReading": names(TextReading.Field.self),
        "number": names(NumberReading.Field.self),
        "output": names(OutputReading.Field.self),
        "followUp": names(FollowUpReading.Field.self),
    ]

    private static func names<Field: RawRepresentable<String> & CaseIterable>(_ type: Field.Type) -> Set<String> {
        Set(type.allCases.map(\.rawValue))
    }
}
