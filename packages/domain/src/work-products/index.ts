export * from "./create-work-product.ts";
export * from "./list-work-products.ts";
