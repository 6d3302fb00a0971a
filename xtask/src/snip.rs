//! Takes out of the wasm what links and never runs: forms of nodes that Yew supports and no screen
//! has. The compiler keeps them, because they are cases of one type; which ones they are is known
//! here. Such a function traps; the journeys walk every screen. Cutting in two: `split`.

use anyhow::{Context, Result};
use rustc_demangle::demangle;
use walrus::{FunctionBuilder, FunctionKind, Module};

use crate::say;

/// Beginnings of names, without the `<` and `&` in front, of functions that never run here, and why.
/// What only they call goes along.
pub(crate) const NEVER: &[&str] = &[
    // Other nodes than tags, texts and lists of them.
    "yew::virtual_dom::vraw::VRaw as yew::dom_bundle::traits::Reconcilable>::attach",
    "yew::dom_bundle::braw::BRaw>::",
    "yew::virtual_dom::vsuspense::VSuspense as yew::dom_bundle::traits::Reconcilable>::attach",
    "yew::virtual_dom::vportal::VPortal as yew::dom_bundle::traits::Reconcilable>::attach",
    "yew::virtual_dom::vcomp::VComp as yew::dom_bundle::traits::Reconcilable>::attach",
    "alloc::rc::Rc<yew::virtual_dom::vsuspense::VSuspense> as yew::utils::RcExt",
    "alloc::rc::Rc<yew::virtual_dom::vportal::VPortal> as yew::utils::RcExt",
    "alloc::rc::Rc<yew::virtual_dom::vcomp::VComp> as yew::utils::RcExt",
    // Components that wait for something.
    "yew::suspense::component::feat_csr_ssr::BaseSuspense>::resume",
    "yew::html::component::lifecycle::ComponentState>::suspend",
    "yew::html::component::scope::AnyScope>::find_parent_scope",
    "yew::html::component::scope::Scope<yew::suspense",
    // The root component's properties never change.
    "yew::html::component::lifecycle::CompStateInner<unstuck::element::app::App> as yew::html::component::lifecycle::Stateful>::props_changed",
    // Attributes as maps: `ui::view::build` has one list of names.
    "yew::virtual_dom::Attributes>::apply_diff_as_maps",
    "indexmap::map::IndexMap",
    // A drawing is built once and handed over: nobody else has a part of it.
    "yew::virtual_dom::vnode::VNode as core::clone::Clone>::clone",
    "yew::virtual_dom::vlist::VList as core::clone::Clone>::clone",
    // Listeners: `ui::view::hear` has its own.
    "yew::dom_bundle::btag::listeners::ListenerRegistration>::register",
    "yew::dom_bundle::btag::listeners::Registry>::unregister",
    "yew::dom_bundle::subtree_root::SubtreeData>::add_listener",
    "yew::dom_bundle::subtree_root::BSubtree>::ensure_handled",
    "std::collections::hash::map::HashMap<yew::dom_bundle::subtree_root::EventDescriptor",
    "std::collections::hash::map::Entry<yew::dom_bundle::subtree_root::EventDescriptor",
];

/// Makes a trap of every function whose name begins with one of `never`. A name that nothing has is
/// told and costs bytes at most: another compiler puts other functions into each other.
///
/// # Errors
/// When the wasm cannot be read.
pub(crate) fn snip(wasm: &[u8], never: &[&str]) -> Result<Vec<u8>> {
    let mut module = Module::from_buffer(wasm).context("the wasm cannot be read")?;
    for beginning in never {
        let fits = |name: &str| {
            let name = format!("{:#}", demangle(name));
            name.trim_start_matches(['<', '&']).starts_with(beginning)
        };
        let found: Vec<_> = module
            .funcs
            .iter_local()
            .filter(|(id, _)| module.funcs.get(*id).name.as_deref().is_some_and(fits))
            .map(|(id, local)| (id, local.ty()))
            .collect();
        if found.is_empty() {
            say::warn(&format!(
                "no function `{beginning}…` in the wasm: it may have another name now, or stand inside another one; the list is in xtask/src/snip.rs"
            ));
        }
        for (id, ty) in found {
            let (params, results) = module.types.params_results(ty);
            let (params, results) = (params.to_vec(), results.to_vec());
            let args = params.iter().map(|&param| module.locals.add(param)).collect();
            let mut trap = FunctionBuilder::new(&mut module.types, &params, &results);
            trap.func_body().unreachable();
            module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(args));
        }
    }
    Ok(module.emit_wasm())
}

#[cfg(test)]
mod tests {
    use walrus::ModuleConfig;
    use walrus::ir::Instr;

    use super::*;

    /// A module with one function of each name, which gives 7.
    fn module(names: &[&str]) -> Vec<u8> {
        let mut module = Module::with_config(ModuleConfig::new());
        for name in names {
            let mut seven = FunctionBuilder::new(&mut module.types, &[], &[walrus::ValType::I32]);
            seven.name((*name).to_owned()).func_body().i32_const(7);
            let id = seven.finish(Vec::new(), &mut module.funcs);
            module.exports.add(name, id);
        }
        module.emit_wasm()
    }

    /// Whether the function of that name traps at once.
    fn traps(wasm: &[u8], name: &str) -> bool {
        let module = Module::from_buffer(wasm).unwrap();
        let (_, function) = module
            .funcs
            .iter_local()
            .find(|(id, _)| module.funcs.get(*id).name.as_deref() == Some(name))
            .unwrap();
        let body = &function.block(function.entry_block()).instrs;
        matches!(body.as_slice(), [(Instr::Unreachable(_), _)])
    }

    #[test]
    fn what_a_name_begins_with_decides_which_functions_trap() {
        let wasm = module(&["<a::B>::c", "a::B::d", "z::a::B"]);
        let snipped = snip(&wasm, &["a::B>", "a::B::"]).unwrap();
        assert!(traps(&snipped, "<a::B>::c") && traps(&snipped, "a::B::d"));
        assert!(!traps(&snipped, "z::a::B"));
    }

    #[test]
    fn a_name_that_nothing_has_changes_nothing() {
        assert!(!traps(&snip(&module(&["a"]), &["b::"]).unwrap(), "a"));
        assert!(snip(b"no wasm", &[]).is_err());
    }
}
