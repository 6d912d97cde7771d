//! Products to wear: one of each category, and looks made of them.

use carmine::look::{Category, Look};

/// One layer, as a look file has it.
#[derive(Clone, Copy, Debug)]
pub struct Product {
    pub category: Category,
    pub shade: &'static str,
    pub finish: &'static str,
    pub coverage: f32,
    pub amount: f32,
    pub mask: Option<&'static str>,
}

impl Product {
    /// One that shows on any skin, in the category's usual place.
    pub fn of(category: Category) -> Self {
        let (shade, finish, coverage) = match category {
            Category::Foundation => ("#8a5a3c", "matte", 0.8),
            Category::Concealer => ("#e8c0a0", "matte", 0.8),
            Category::Contour => ("#5a3a2c", "matte", 0.4),
            Category::Bronzer => ("#9a5a34", "satin", 0.4),
            Category::Blush => ("#c8465a", "satin", 0.5),
            Category::Highlighter => ("#f6dcc0", "shimmer", 0.5),
            Category::Eyeshadow => ("#5a3a6e", "satin", 0.7),
            Category::Eyeliner => ("#101014", "matte", 0.98),
            Category::Brow => ("#40281c", "matte", 0.7),
            Category::Lens => ("#3a7ab0", "sheer", 0.7),
            Category::LipLiner => ("#7a2a34", "matte", 0.9),
            Category::Lipstick => ("#b3152a", "satin", 0.9),
            Category::LipGloss => ("#d98a86", "gloss", 0.3),
            Category::Mascara | Category::Lashes => ("#0c0a0a", "matte", 0.98),
        };
        Self { category, shade, finish, coverage, amount: 1.0, mask: None }
    }

    pub fn with_finish(self, finish: &'static str) -> Self {
        Self { finish, ..self }
    }

    pub fn amount(self, amount: f32) -> Self {
        Self { amount, ..self }
    }

    pub fn coverage(self, coverage: f32) -> Self {
        Self { coverage, ..self }
    }

    pub fn shade(self, shade: &'static str) -> Self {
        Self { shade, ..self }
    }

    pub fn mask(self, mask: &'static str) -> Self {
        Self { mask: Some(mask), ..self }
    }

    /// It alone.
    pub fn look(self) -> Look {
        look(&[self])
    }
}

/// Some products, in the order of the file.
pub fn look(products: &[Product]) -> Look {
    let mut text = String::from("name = \"Test\"\n");
    for product in products {
        let Product { category, shade, finish, coverage, amount, mask } = *product;
        let mask = mask.map_or(String::new(), |mask| format!("mask = \"{mask}\"\n"));
        text += &format!(
            "[[layers]]\namount = {amount:?}\n{mask}product = {{ name = \"P\", category = \"{}\", shade = \"{shade}\", \
             coverage = {coverage:?}, finish = \"{finish}\" }}\n",
            category.name()
        );
    }
    Look::from_toml("test", &text, &mut |_, _| None).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// One of every category.
pub fn full_look() -> Look {
    look(&Category::ALL.map(Product::of))
}
