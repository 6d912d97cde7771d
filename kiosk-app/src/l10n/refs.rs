//! What a message uses: variables, other messages, terms; and what no message may hold.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Entry as Node, Expression, InlineExpression, Pattern, PatternElement};

/// Longer number literals overflow the plural rules.
const MOST_DIGITS: usize = 15;

/// What a pattern refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refs {
    /// Variables without their `$`.
    pub variables: BTreeSet<String>,
    /// Messages, and terms with their `-`.
    pub ids: BTreeSet<String>,
    /// What cannot be shown, with how to mend it; each goes on after the message's name.
    pub faults: Vec<String>,
}

/// A message or a term.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name; a term's starts with `-`.
    pub id: String,
    /// Line in its file, from 1.
    pub line: usize,
    /// Whether it has a text of its own, and not only attributes.
    pub has_text: bool,
    /// What it uses.
    pub refs: Refs,
}

impl Refs {
    /// Every message and term of a file.
    pub fn entries(resource: &FluentResource) -> Vec<Entry> {
        let source = resource.source();
        let mut entries = Vec::new();
        // Entries come in the source's order: its lines are counted once.
        let (mut counted, mut line) = (0, 1);
        for node in resource.entries() {
            let (name, id, value, attributes) = match node {
                Node::Message(message) => {
                    (message.id.name, message.id.name.to_owned(), message.value.as_ref(), &message.attributes)
                }
                Node::Term(term) => (term.id.name, format!("-{}", term.id.name), Some(&term.value), &term.attributes),
                _ => continue,
            };
            let mut refs = Self::default();
            value.into_iter().chain(attributes.iter().map(|a| &a.value)).for_each(|pattern| refs.pattern(pattern));
            // Names are slices of the source.
            let at = (name.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
            let between = source.as_bytes().get(counted..at).unwrap_or_default();
            line += between.iter().filter(|byte| **byte == b'\n').count();
            counted += between.len();
            entries.push(Entry { id, line, has_text: value.is_some(), refs });
        }
        entries
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::StringLiteral { .. } => {}
            InlineExpression::NumberLiteral { value } => {
                if value.chars().filter(char::is_ascii_digit).count() > MOST_DIGITS {
                    self.faults.push(format!("has a number of more than {MOST_DIGITS} digits: shorten it"));
                }
            }
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.ids.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.ids.insert(format!("-{}", id.name));
                arguments.iter().for_each(|arguments| self.arguments(arguments));
            }
            InlineExpression::FunctionReference { id, arguments } => {
                if id.name != "NUMBER" {
                    self.faults.push(format!("calls {}: NUMBER is the only function there is", id.name));
                }
                self.arguments(arguments);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        let named = arguments.named.iter().map(|argument| &argument.value);
        arguments.positional.iter().chain(named).for_each(|inline| self.inline(inline));
    }
}
