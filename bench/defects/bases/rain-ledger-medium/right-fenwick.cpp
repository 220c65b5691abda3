// Right: a Fenwick tree holds the differences.
#include <bits/stdc++.h>
using namespace std;
int n, q;
vector<int> tree;
void add(int i, int v) {
    for (; i <= n; i += i & -i) tree[i] += v;
}
int main() {
    scanf("%d %d", &n, &q);
    tree.resize(n + 2);
    vector<int> a(n + 1);
    for (int i = 1; i <= n; i++) scanf("%d", &a[i]);
    while (q--) {
        int l, r, v;
        scanf("%d %d %d", &l, &r, &v);
        add(l, v);
        add(r + 1, -v);
    }
    map<int, int> amounts;
    for (int i = 1; i <= n; i++) {
        for (int j = i; j > 0; j -= j & -j) a[i] += tree[j];
        amounts[a[i]]++;
    }
    printf("%d %d\n", amounts.rbegin()->first, amounts.rbegin()->second);
}
