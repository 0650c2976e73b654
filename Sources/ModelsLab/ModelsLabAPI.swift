#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// A version of ModelsLab's API: its base URL and the provider whose API key it requires.
///
/// Endpoints of several versions can be registered together. For a version without a constant, use
/// ``init(baseURL:provider:)``.
public struct ModelsLabAPI: Sendable, Hashable {
    /// The URL to which an endpoint's path is appended. The API key is sent only to its origin.
    public var baseURL: URL

    /// The provider whose API key is sent.
    public var provider: ProviderID

    /// Creates an API version.
    ///
    /// - Parameters:
    ///   - baseURL: The URL to which an endpoint's path is appended. The API key is sent only to its origin.
    ///   - provider: The provider whose API key is sent. Defaults to `modelslab`.
    public init(baseURL: URL, provider: ProviderID = .modelsLab) {
        self.baseURL = baseURL
        self.provider = provider
    }
}

extension ModelsLabAPI {
    /// `https://modelslab.com/api/v1` with the API key of `modelslab`, used for workflows.
    public static let v1 = Self(baseURL: URL(string: "https://modelslab.com/api/v1")!)

    /// `https://modelslab.com/api/v3` with the API key of `modelslab`, used for model training.
    public static let v3 = Self(baseURL: URL(string: "https://modelslab.com/api/v3")!)

    /// `https://modelslab.com/api/v4` with the API key of `modelslab`.
    public static let v4 = Self(baseURL: URL(string: "https://modelslab.com/api/v4")!)

    /// `https://modelslab.com/api/v5` with the API key of `modelslab`.
    public static let v5 = Self(baseURL: URL(string: "https://modelslab.com/api/v5")!)

    /// `https://modelslab.com/api/v6` with the API key of `modelslab`, used for most families.
    public static let v6 = Self(baseURL: URL(string: "https://modelslab.com/api/v6")!)

    /// `https://modelslab.com/api/v7` with the API key of `modelslab`.
    public static let v7 = Self(baseURL: URL(string: "https://modelslab.com/api/v7")!)

    /// `https://modelslab.com/api/v1/enterprise` with the API key of `modelslab.enterprise`.
    public static let enterprise = Self(
        baseURL: URL(string: "https://modelslab.com/api/v1/enterprise")!,
        provider: .modelsLabEnterprise
    )
}

extension ProviderID {
    /// A ModelsLab account. `Credentials.environment` reads its API key from `MODELSLAB_API_KEY`.
    public static let modelsLab: Self = "modelslab"

    /// A ModelsLab enterprise account, which has a separate API key.
    ///
    /// `Credentials.environment` reads the key from `MODELSLAB_ENTERPRISE_API_KEY`.
    public static let modelsLabEnterprise: Self = "modelslab.enterprise"
}
