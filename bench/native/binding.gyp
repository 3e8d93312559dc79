{
  "targets": [
    {
      "target_name": "loop",
      "defines": ["NAPI_VERSION=8"],
      "include_dirs": ["../../test/support/native"],
      "cflags": ["-fvisibility=hidden", "-Wall", "-Wextra"],
      "cflags_cc": ["-std=c++17", "-fno-exceptions", "-fno-rtti"],
      "conditions": [
        ["OS=='win'", { "type": "none" }, { "sources": ["loop.cc"] }],
        ["OS=='mac'", { "xcode_settings": { "CLANG_CXX_LANGUAGE_STANDARD": "c++17" } }]
      ]
    }
  ]
}
