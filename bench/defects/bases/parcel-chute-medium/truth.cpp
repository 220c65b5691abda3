// Right: a sorted multiset, taken from at both ends.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    multiset<long long> present;
    long long heavy = 0, light = 0;
    while (n--) {
        char op;
        long long x;
        cin >> op >> x;
        if (op == 'A') {
            present.insert(x);
            continue;
        }
        for (; x > 0 && !present.empty(); x--) {
            auto one = op == 'H' ? prev(present.end()) : present.begin();
            (op == 'H' ? heavy : light) += *one;
            present.erase(one);
        }
    }
    cout << heavy << ' ' << light << "\n";
}
