//! Files of one crate that import each other in a circle. There are none, so that every file can be read after those that it
//! builds on.

use super::files::File;
use std::collections::{BTreeMap, BTreeSet};
use syn::{
    UseTree,
    visit::{self, Visit},
};

/// Crates whose files must not import each other in a circle, by their folder of sources.
const CRATES: &[&str] = &["crates/domain/src/", "crates/app/src/", "api/src/", "worker/src/"];

/// The path of a module inside its crate.
type Module = Vec<String>;

/// Every circle, as the files that it consists of.
pub fn problems(files: &[File]) -> Vec<String> {
    CRATES.iter().flat_map(|root| circles(root, files)).collect()
}

fn circles(root: &str, files: &[File]) -> Vec<String> {
    let sources = files.iter().filter_map(|file| Some((module_of(file.path.strip_prefix(root)?)?, file)));
    let sources: BTreeMap<Module, &File> = sources.collect();
    let arrows: BTreeMap<&Module, BTreeSet<&Module>> =
        sources.iter().map(|(module, file)| (module, imported(module, &file.text, &sources))).collect();
    let reached: BTreeMap<&Module, BTreeSet<&Module>> = arrows.keys().map(|from| (*from, reach(from, &arrows))).collect();
    let mut found = BTreeSet::new();
    for module in arrows.keys().filter(|module| reached[*module].contains(*module)) {
        let circle = reached[module].iter().filter(|other| reached[*other].contains(module));
        found.insert(circle.map(|other| sources[*other].path.as_str()).collect::<Vec<_>>().join(", "));
    }
    found.into_iter().map(|circle| format!("these files import each other in a circle: {circle}")).collect()
}

/// The module of a file; none for what is only compiled for tests.
fn module_of(path: &str) -> Option<Module> {
    let module: Module = path.strip_suffix(".rs")?.split('/').filter(|part| *part != "mod").map(str::to_owned).collect();
    let is_test = module.iter().any(|part| part == "tests" || part.ends_with("_tests") || part == "testing");
    (!is_test).then(|| if module == ["lib"] { Module::new() } else { module })
}

fn reach<'m>(from: &'m Module, arrows: &BTreeMap<&'m Module, BTreeSet<&'m Module>>) -> BTreeSet<&'m Module> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Module> = arrows[from].iter().copied().collect();
    while let Some(module) = next.pop() {
        if reached.insert(module) {
            next.extend(&arrows[module]);
        }
    }
    reached
}

/// The files that a file takes names from. What it hands on from its own folder (`pub use`), and the crate's root, do not count.
fn imported<'s>(module: &Module, text: &str, sources: &'s BTreeMap<Module, &File>) -> BTreeSet<&'s Module> {
    let Ok(parsed) = syn::parse_file(text) else { return BTreeSet::new() };
    let mut names = Names { module, paths: Vec::new() };
    names.visit_file(&parsed);
    let longest =
        |path: &Module| (1..=path.len()).rev().find_map(|n| sources.get_key_value(&path[..n]).map(|(module, _)| module));
    names.paths.iter().filter_map(longest).filter(|target| *target != module).collect()
}

/// The paths that a file names, from the root of its crate.
struct Names<'m> {
    module: &'m Module,
    paths: Vec<Module>,
}

impl Names<'_> {
    fn add(&mut self, path: &[String]) {
        let inner = match path.split_first() {
            Some((first, rest)) if first == "crate" => rest.to_vec(),
            Some((first, _)) if first == "super" || first == "self" => {
                let steps = path.iter().take_while(|part| *part == "super").count();
                let own = path.iter().skip_while(|part| *part == "super" || *part == "self").cloned();
                self.module.iter().take(self.module.len().saturating_sub(steps)).cloned().chain(own).collect()
            }
            _ => return,
        };
        self.paths.push(inner);
    }

    fn add_tree(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: String| before.iter().cloned().chain([name]).collect::<Vec<_>>();
        match tree {
            UseTree::Path(path) => self.add_tree(&with(path.ident.to_string()), &path.tree),
            UseTree::Name(name) => self.add(&with(name.ident.to_string())),
            UseTree::Rename(rename) => self.add(&with(rename.ident.to_string())),
            UseTree::Glob(_) => self.add(before),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(before, tree)),
        }
    }
}

impl<'ast> Visit<'ast> for Names<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if matches!(item.vis, syn::Visibility::Inherited) {
            self.add_tree(&[], &item.tree);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if item.ident != "tests" {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.add(&path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>());
        visit::visit_path(self, path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let file = |(path, text): &(&str, &str)| File { path: format!("api/src/{path}"), text: (*text).to_owned() };
        problems(&files.iter().map(file).collect::<Vec<_>>())
    }

    #[test]
    fn a_circle_is_named_with_its_files() {
        let circle = ["these files import each other in a circle: api/src/a.rs, api/src/b/c.rs"];
        assert_eq!(found(&[("a.rs", "use crate::b::c::X;"), ("b/c.rs", "use super::super::a::Y;")]), circle);
        assert_eq!(found(&[("a.rs", "fn f() { crate::b::c::g(); }"), ("b/c.rs", "use crate::{a::{Y, Z}, d};")]), circle);
    }

    #[test]
    fn what_is_handed_on_and_what_tests_take_closes_no_circle() {
        assert_eq!(found(&[("a.rs", "pub use crate::b::X;"), ("b.rs", "use crate::a::Y;")]), [""; 0]);
        assert_eq!(found(&[("a.rs", "mod tests { use crate::b::X; }"), ("b.rs", "use crate::a::Y;")]), [""; 0]);
        assert_eq!(found(&[("a.rs", "use crate::b::X;"), ("b.rs", "use std::a::Y;")]), [""; 0]);
    }
}
