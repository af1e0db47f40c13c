-- Who was merged into a customer is asked whenever that customer's contacts are counted (R16, S3): without an index the
-- whole book would be looked through for it.
create index customer_merged on customer (company_id, merged_into_id) where merged_into_id is not null;
