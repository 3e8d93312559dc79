{
  "targets": [
    {
      "target_name": "getsockopt",
      "sources": ["native/addon.cc", "native/request.cc"],
      "include_dirs": ["native", "<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=8", "NAPI_DISABLE_CPP_EXCEPTIONS", "NODE_ADDON_API_DISABLE_DEPRECATED"],
      "cflags": ["-fPIC", "-fvisibility=hidden", "-ffunction-sections", "-fdata-sections", "-fstack-protector-strong"],
      "cflags_cc": ["-std=c++17", "-fno-exceptions", "-fno-rtti", "-Wno-psabi"],
      "conditions": [
        ["OS=='linux'", {
          "sources": ["native/os/posix.cc", "native/os/linux.cc"],
          "ldflags": ["-Wl,--gc-sections", "-Wl,-z,relro,-z,now"]
        }],
        ["OS=='mac'", {
          "sources": ["native/os/posix.cc", "native/os/darwin.cc"],
          "xcode_settings": {
            "CLANG_CXX_LANGUAGE_STANDARD": "c++17",
            "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
            "MACOSX_DEPLOYMENT_TARGET": "11.0"
          }
        }],
        ["OS=='freebsd'", { "sources": ["native/os/posix.cc", "native/os/freebsd.cc"] }],
        ["OS=='win'", {
          "sources": ["native/os/win32.cc", "native/os/loop.cc"],
          "libraries": ["-lws2_32"],
          "msvs_settings": { "VCCLCompilerTool": { "AdditionalOptions": ["/std:c++17", "/guard:cf"] } }
        }],
        ["OS!='linux' and OS!='mac' and OS!='freebsd' and OS!='win'", {
          "sources": ["native/os/posix.cc", "native/os/unix.cc"]
        }]
      ]
    }
  ]
}
