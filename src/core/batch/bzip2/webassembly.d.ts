/** What is used of WebAssembly; the types of Node.js name its modules but declare none of it, those of browsers too much. */
declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module) => { readonly exports: object };
  function compile(bytes: Uint8Array): Promise<Module>;
}
