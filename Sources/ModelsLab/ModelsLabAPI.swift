#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// A part of ModelsLab's interface: what its URLs begin with, and whose key it wants.
///
/// Families of several versions live side by side. One that FetchKit doesn't know is `ModelsLabAPI(baseURL: …)`.
public struct ModelsLabAPI: Sendable, Hashable {
    /// What the URLs begin with.
    public var baseURL: URL

    /// Whose key is sent.
    public var provider: ProviderID

    /// Creates a part of the interface.
    ///
    /// - Parameters:
    ///   - baseURL: What its URLs begin with. The key goes to no other origin.
    ///   - provider: Whose key is sent.
    public init(baseURL: URL, provider: ProviderID = .modelsLab) {
        self.baseURL = baseURL
        self.provider = provider
    }
}

extension ModelsLabAPI {
    /// `https://modelslab.com/api/v1`, with the key of `modelslab`: workflows.
    public static let v1 = Self(baseURL: URL(string: "https://modelslab.com/api/v1")!)

    /// `https://modelslab.com/api/v3`, with the key of `modelslab`: trainings.
    public static let v3 = Self(baseURL: URL(string: "https://modelslab.com/api/v3")!)

    /// `https://modelslab.com/api/v4`, with the key of `modelslab`.
    public static let v4 = Self(baseURL: URL(string: "https://modelslab.com/api/v4")!)

    /// `https://modelslab.com/api/v5`, with the key of `modelslab`.
    public static let v5 = Self(baseURL: URL(string: "https://modelslab.com/api/v5")!)

    /// `https://modelslab.com/api/v6`, with the key of `modelslab`: most families.
    public static let v6 = Self(baseURL: URL(string: "https://modelslab.com/api/v6")!)

    /// `https://modelslab.com/api/v7`, with the key of `modelslab`.
    public static let v7 = Self(baseURL: URL(string: "https://modelslab.com/api/v7")!)

    /// `https://modelslab.com/api/v1/enterprise`, with the key of `modelslab.enterprise`.
    public static let enterprise = Self(
        baseURL: URL(string: "https://modelslab.com/api/v1/enterprise")!,
        provider: .modelsLabEnterprise
    )
}

extension ProviderID {
    /// A ModelsLab account; its key is in `MODELSLAB_API_KEY`.
    public static let modelsLab: Self = "modelslab"

    /// A ModelsLab enterprise account, which has a key of its own; it is in `MODELSLAB_ENTERPRISE_API_KEY`.
    public static let modelsLabEnterprise: Self = "modelslab.enterprise"
}
