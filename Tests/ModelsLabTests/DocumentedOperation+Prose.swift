import FetchCore
import ModelsLab

extension DocumentedOperation {
    /// What pages of the documentation say otherwise than its openapi files. Nobody could tell which is right, so each is
    /// an endpoint of its own.
    static let prose = [
        Self(
            ["enterprise-api/faceswap/fetch"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.faceswap-by-path",
                api: .enterprise,
                path: "faceswap/fetch/{id}"
            ),
            "POST v1/enterprise/faceswap/fetch/{id}",
            .text
        ),
        Self(
            ["enterprise-api/super-resolution/fetchimage"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.super_resolution",
                api: .enterprise,
                path: "super_resolution/fetch/{id}"
            ),
            "POST v1/enterprise/super_resolution/fetch/{id}",
            .text
        ),
        Self(
            ["enterprise-api/text-to-video-ultra/fetch-video"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.ultra_video",
                api: .enterprise,
                path: "ultra_video/fetch/{id}"
            ),
            "POST v1/enterprise/ultra_video/fetch/{id}",
            .text
        ),
        Self(
            ["enterprise-api/voice-cloning/fetch"],
            ModelsLabFamily<String>("modelslab.enterprise.voice", api: .enterprise, path: "voice/fetch/{id}"),
            "POST v1/enterprise/voice/fetch/{id}",
            .text
        ),
        Self(
            ["enterprise-api/z-image-turbo/fetch"],
            ModelsLabFamily<String>(
                "modelslab.enterprise.z_image_turbo",
                api: .enterprise,
                path: "z_image_turbo/fetch/{id}"
            ),
            "POST v1/enterprise/z_image_turbo/fetch/{id}",
            .text
        ),
        Self(
            ["quickstart"],
            ModelsLabFamily<Int64>("modelslab.images-by-path", path: "images/fetch/{id}"),
            "POST v6/images/fetch/{id}",
            .integer
        ),
    ]
}
